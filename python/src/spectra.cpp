// gamut._spectra: what gamut/spectra.py stands on. Free of LibTorch.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>

#include "gamut/audio/decode.h"
#include "gamut/audio/probe.h"
#include "gamut/audio/resample.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/frequency_axis.h"
#include "gamut/spectra/front_end.h"
#include "gamut/spectra/scale.h"
#include "python/src/arguments.h"
#include "python/src/errors.h"

namespace gamut::python {
namespace {

namespace py = pybind11;

using spectra::ArrayKind;
using spectra::FrontEnd;

ArrayKind parse_kind(const std::string& word) {
  if (word == "magnitude") return ArrayKind::magnitude;
  if (word == "power") return ArrayKind::power;
  if (word == "db") return ArrayKind::db;
  throw ParameterError("unknown array \"" + printable(word) +
                       "\"; known are db, power, magnitude and picture");
}

py::array matrix_to_numpy(Matrix&& matrix) {
  return to_numpy(std::move(matrix.values), {matrix.rows, matrix.columns});
}

/// Runs work that touches no Python object while other threads have the interpreter.
template <class Work>
auto unlocked(Work work) {
  const py::gil_scoped_release release;
  return work();
}

py::array compute_array(const FrontEnd& front_end, const FloatArray& signal, const std::string& kind) {
  const std::span<const float> samples = samples_of(signal);
  const ArrayKind parsed = parse_kind(kind);
  const auto [n_rows, n_frames] = front_end.array_shape(samples.size(), parsed);
  // NumPy's own memory: for large arrays it asks the system for large pages, which saves a fifth of the time.
  py::array_t<float> array({n_rows, n_frames});
  const std::span<float> cells(array.mutable_data(), n_rows * n_frames);
  unlocked([&] { front_end.compute_array(samples, parsed, cells); });
  return array;
}

py::array compute_picture(const FrontEnd& front_end, const std::vector<FloatArray>& signals) {
  std::vector<std::vector<float>> copies;
  for (const FloatArray& signal : signals) {
    const std::span<const float> samples = samples_of(signal);
    copies.emplace_back(samples.begin(), samples.end());
  }
  auto pictures = unlocked([&] { return compute_pictures(std::span(&front_end, 1), copies); });
  spectra::Picture& picture = pictures.at(0).at(0).picture;
  const auto height = static_cast<std::size_t>(picture.height);
  const auto width = static_cast<std::size_t>(picture.width);
  if (picture.planes == 1) return to_numpy(std::move(picture.indices), {height, width});
  return to_numpy(std::move(picture.indices), {static_cast<std::size_t>(picture.planes), height, width});
}

/// @return the signals, their rate, and why they are partial.
py::tuple decode(const std::filesystem::path& path, double sample_rate_hz, const std::string& channels,
                 double max_duration_s) {
  audio::Recording recording = unlocked([&] {
    return audio::decode(path, {.sample_rate_hz = sample_rate_hz,
                                .channels = parse_channels(channels),
                                .max_duration_s = max_duration_s});
  });
  py::list signals;
  for (std::vector<float>& signal : recording.signals) {
    const std::size_t n_samples = signal.size();
    signals.append(to_numpy(std::move(signal), {n_samples}));
  }
  return py::make_tuple(signals, recording.sample_rate_hz, recording.reason);
}

int count_channels(const std::filesystem::path& path) {
  return unlocked([&] { return audio::probe(path).channels; });
}

py::array resample(const FloatArray& signal, double from_hz, double to_hz) {
  const std::span<const float> samples = samples_of(signal);
  std::vector<float> result = unlocked([&] { return audio::resample(samples, from_hz, to_hz); });
  const std::size_t n_samples = result.size();
  return to_numpy(std::move(result), {n_samples});
}

py::array power_to_db(const FloatArray& power, double ref, double amin, std::optional<double> top_db) {
  Matrix matrix = matrix_of(power);
  return matrix_to_numpy(unlocked(
      [&] { return spectra::power_to_db(std::move(matrix), {.ref = ref, .amin = amin, .top_db = top_db}); }));
}

py::array frequencies(std::vector<double> hz) {
  const std::size_t n_rows = hz.size();
  return to_numpy(std::move(hz), {n_rows});
}

}  // namespace

PYBIND11_MODULE(_spectra, module) {
  translate_errors();
  module.attr("__version__") = std::string(version());
  py::class_<FrontEnd>(module, "FrontEnd")
      .def(py::init([](const py::dict& options) {
             return FrontEnd(spectra::front_end_options_from_json(to_json(options)));
           }),
           py::arg("options"))
      .def("compute_array", compute_array, py::arg("signal").noconvert(), py::arg("kind"))
      .def("compute_picture", compute_picture, py::arg("signals"))
      .def("frequencies",
           [](const FrontEnd& front_end) { return frequencies(front_end.scale().row_frequencies_hz()); })
      .def("picture_frequencies",
           [](const FrontEnd& front_end) { return frequencies(picture_frequencies_hz(front_end)); });
  module.def("decode", decode, py::arg("path"), py::arg("sample_rate_hz"), py::arg("channels"),
             py::arg("max_duration_s"));
  module.def("count_channels", count_channels, py::arg("path"));
  module.def("resample", resample, py::arg("signal").noconvert(), py::arg("from_hz"), py::arg("to_hz"));
  module.def("power_to_db", power_to_db, py::arg("power").noconvert(), py::arg("ref"), py::arg("amin"),
             py::arg("top_db"));
  module.def("scale_names", spectra::scale_names);
}

}  // namespace gamut::python
