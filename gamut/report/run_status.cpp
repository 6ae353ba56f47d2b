#include "gamut/report/run_status.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::report {
namespace {

/// Mean of what was added.
struct Mean {
  double sum = 0;
  std::int64_t count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
  std::optional<double> value() const {
    return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
  }
};

std::optional<double> changed_unix_s(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;  // gone since it was listed
  return static_cast<double>(status.st_mtim.tv_sec) + 1e-9 * static_cast<double>(status.st_mtim.tv_nsec);
}

void note_change(std::optional<double>& newest, const std::filesystem::path& path) {
  newest = std::max(newest, changed_unix_s(path));
}

template <class T>
T member(const std::filesystem::path& path, const char* name) {
  const Json json = load_json(path);
  try {
    return json.at(name).get<T>();
  } catch (const nlohmann::json::exception&) {
    throw FileError(printable(path.string()) + " has no \"" + name +
                        "\" of the right type; delete that folder and run again",
                    path);
  }
}

/// ", epoch 3 of 20, 8.7 images/s, loss 0.412, in validation 0.453"; nothing before the first epoch ends.
std::string newest_epoch(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "progress.json";
  if (!std::filesystem::exists(path)) return "";
  try {
    const Json json = load_json(path);
    return fmt::format(", epoch {} of {}, {:.1f} images/s, loss {:.3f}, in validation {:.3f}",
                       json.at("epoch").get<int>(), json.at("epochs").get<int>(),
                       json.at("images_per_second").get<double>(), json.at("train_loss").get<double>(),
                       json.at("validation_loss").get<double>());
  } catch (const FileError&) {  // it ended a moment ago
    return "";
  } catch (const nlohmann::json::exception&) {
    return "";
  }
}

/// "45 s", "12 min", "3.4 h", "2.5 days"
std::string duration(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 100 * 60) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{:.1f} h", seconds / 3600);
  return fmt::format("{:.1f} days", seconds / 86400);
}

std::string utc(double unix_s) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(std::floor(unix_s))));
}

}  // namespace

RunStatus load_status(const std::filesystem::path& run_directory) {
  const std::filesystem::path plan = run_directory / "cells.csv";
  if (!std::filesystem::exists(run_directory)) {
    throw FileError("there is no run " + printable(run_directory.string()), run_directory);
  }
  if (!std::filesystem::exists(plan)) {
    const std::string holder = lock_holder(run_directory / ".lock");
    throw FileError("the run " + printable(run_directory.string()) + " has no plan of its networks yet: " +
                        (holder.empty() ? "its pictures are not finished, and no process works on them"
                                        : holder + " works on its pictures"),
                    plan);
  }
  RunStatus status;
  note_change(status.last_change_unix_s, plan);
  status.has_report = std::filesystem::exists(run_directory / "report.html");
  Mean seconds;
  std::map<std::string, Mean> seconds_by_architecture;
  std::vector<std::string> architectures_left;
  CsvReader csv(plan);
  while (csv.next()) {
    if (!csv.fault().empty()) {
      throw FileError(printable(plan.string()) + ", line " + std::to_string(csv.line()) + ": " + csv.fault(),
                      plan);
    }
    const std::string& name = csv["folder"];
    const std::filesystem::path folder = run_directory / "cells" / name;
    ++status.cells;
    // Listed first: an NFS client then asks the server what is in the folder.
    std::error_code absent;
    for (const auto& file : std::filesystem::directory_iterator(folder, absent))
      note_change(status.last_change_unix_s, file.path());
    if (std::filesystem::exists(folder / "cell.json")) {
      ++status.done;
      const auto took_s = member<double>(folder / "cell.json", "seconds");
      seconds.add(took_s);
      seconds_by_architecture[csv["architecture"]].add(took_s);
      continue;
    }
    const std::string holder = lock_holder(folder / ".lock");
    if (!holder.empty()) {
      status.running.push_back({name, holder + newest_epoch(folder)});
    } else if (std::filesystem::exists(folder / "failure.json")) {
      status.failed.push_back({name, member<std::string>(folder / "failure.json", "reason")});
      continue;
    } else {
      ++status.left;
    }
    architectures_left.push_back(csv["architecture"]);
  }
  status.seconds_per_cell = seconds.value();
  if (!status.seconds_per_cell) return status;
  status.work_left_s = 0;
  for (const std::string& architecture : architectures_left) {
    *status.work_left_s += seconds_by_architecture[architecture].value().value_or(*status.seconds_per_cell);
  }
  if (!status.running.empty())
    status.time_left_s = *status.work_left_s / static_cast<double>(status.running.size());
  return status;
}

Json to_json(const RunStatus& status) {
  const auto notes = [](const std::vector<RunStatus::Note>& list, const char* name) {
    Json json = Json::array();
    for (const RunStatus::Note& note : list) json.push_back({{"cell", note.cell}, {name, note.text}});
    return json;
  };
  const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
  return {{"cells", status.cells},
          {"done", status.done},
          {"left", status.left},
          {"running", notes(status.running, "holder")},
          {"failed", notes(status.failed, "reason")},
          {"seconds_per_cell", number(status.seconds_per_cell)},
          {"work_left_s", number(status.work_left_s)},
          {"time_left_s", number(status.time_left_s)},
          {"last_change", status.last_change_unix_s ? Json(utc(*status.last_change_unix_s)) : Json()},
          {"report", status.has_report}};
}

std::string describe(const RunStatus& status, double now_unix_s) {
  std::string text = fmt::format("{} networks: {} done, {} running, {} failed, {} left\n", status.cells,
                                 status.done, status.running.size(), status.failed.size(), status.left);
  if (status.seconds_per_cell) {
    text += fmt::format("{:.1f} s a network", *status.seconds_per_cell);
    if (*status.work_left_s > 0) text += "; about " + duration(*status.work_left_s) + " of work are left";
    if (status.time_left_s && *status.time_left_s > 0)
      text +=
          fmt::format(", {} with the {} that run now", duration(*status.time_left_s), status.running.size());
    text += "\n";
  }
  if (status.last_change_unix_s) {
    text += fmt::format("last change {} ago, {}\n",
                        duration(std::max(0.0, now_unix_s - *status.last_change_unix_s)),
                        utc(*status.last_change_unix_s));
  }
  for (const RunStatus::Note& note : status.running) text += "running " + note.cell + ": " + note.text + "\n";
  for (const RunStatus::Note& note : status.failed)
    text += "failed " + note.cell + ": " + printable(note.text) + "\n";
  text += status.has_report ? "the report is written\n" : "";
  return text;
}

}  // namespace gamut::report
