// gamut._model: what gamut/model.py stands on. Needs LibTorch.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/text.h"
#include "gamut/tagging/predict_files.h"
#include "gamut/tagging/prediction_json.h"
#include "python/src/errors.h"

namespace gamut::python {
namespace {

namespace py = pybind11;

using tagging::Model;
using tagging::Prediction;
using tagging::Source;

/// How often a waiting call looks for Ctrl-C.
constexpr std::chrono::milliseconds kLook{50};

/// Waits a moment while other threads have the interpreter.
bool is_ready(const std::future<void>& task) {
  const py::gil_scoped_release release;
  return task.wait_for(kLook) == std::future_status::ready;
}

void require_positive(const std::string& name, std::optional<int> value) {
  if (value.value_or(1) >= 1) return;
  throw ParameterError(name + " is " + std::to_string(*value) + "; it must be 1 or more");
}

void require_window(const std::string& name, std::optional<double> seconds) {
  if (!seconds || (*seconds >= 0.1 && *seconds <= 36000)) return;
  throw ParameterError(name + " is " + format_number(*seconds) + " s; it must be from 0.1 to 36000 s");
}

/// A prediction of each recording, as `gamut predict --json` prints it but for the path.
std::vector<std::string> predict(const Model& model, const std::vector<std::filesystem::path>& paths,
                                 const std::string& decision, std::optional<double> window_s,
                                 std::optional<double> hop_s, std::optional<int> top, std::optional<int> jobs,
                                 double max_duration_s) {
  require_positive("top", top);
  require_positive("jobs", jobs);
  require_window("timeline", window_s);
  require_window("timeline_hop", hop_s);
  if (!(max_duration_s > 0)) {
    throw ParameterError("max_duration is " + format_number(max_duration_s) + " s; it must be above 0 s");
  }
  tagging::PredictFilesOptions options{.jobs = jobs.value_or(available_cores()),
                                       .decision = tagging::parse_decision(decision),
                                       .timeline = std::nullopt,
                                       .max_duration_s = max_duration_s};
  if (window_s) options.timeline = {*window_s, hop_s.value_or(*window_s)};
  std::vector<Source> sources;
  for (const std::filesystem::path& path : paths) sources.push_back({path.string(), path});
  const auto shown = static_cast<std::size_t>(top.value_or(std::numeric_limits<int>::max()));
  std::vector<std::string> lines;
  std::atomic<bool> stop{false};
  // A thread of its own: Python hears signals only in this one, and Torch's number of threads is each
  // thread's own.
  auto task = std::async(std::launch::async, [&] {
    predict_files(model, sources, options, [&](const Source&, const Prediction& prediction) {
      if (stop) throw Interrupted();
      lines.push_back(dump_json(to_json(prediction, shown)));
    });
  });
  while (!is_ready(task)) {
    if (PyErr_CheckSignals() == 0) continue;
    const py::error_already_set interrupt;
    stop = true;
    while (!is_ready(task)) continue;
    throw interrupt;
  }
  task.get();
  return lines;
}

}  // namespace

PYBIND11_MODULE(_model, module) {
  translate_errors();
  py::class_<Model>(module, "Model")
      .def(py::init([](const std::filesystem::path& directory, const std::string& device, bool verify) {
             const py::gil_scoped_release release;
             return std::make_unique<Model>(directory, tagging::ModelOptions{device, verify});
           }),
           py::arg("directory"), py::arg("device"), py::arg("verify"))
      .def("card", [](const Model& model) { return dump_json(describe_model(model.card())); })
      .def("predict", predict, py::arg("paths"), py::arg("decision"), py::arg("window_s"), py::arg("hop_s"),
           py::arg("top"), py::arg("jobs"), py::arg("max_duration_s"));
}

}  // namespace gamut::python
