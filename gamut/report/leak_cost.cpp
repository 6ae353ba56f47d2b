#include "gamut/report/leak_cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"
#include "gamut/evaluation/results.h"

namespace gamut::report {
namespace {

/// scale, reduce, strategy, architecture, initialisation and genre of a score.
using Condition = std::array<std::string, 6>;

struct ScoredRun {
  std::string name, group_by;
  Json genres;
  Json options;  ///< all that shapes a network but the split
  std::map<Condition, double> f1;
};

std::map<Condition, double> average_f1(const std::filesystem::path& results) {
  std::map<Condition, std::vector<double>> values;
  for (const evaluation::ResultRow& row : evaluation::load_results(results)) {
    const bool wanted = row.part == "test" && row.decision == "0.5" && row.metric == "f1" && !row.undefined &&
                        (row.genre == "(macro)" || row.genre == "(all cells)");
    if (wanted) {
      values[{row.scale, row.reduce, row.strategy, row.architecture, row.initialisation, row.genre}]
          .push_back(row.value);
    }
  }
  std::map<Condition, double> means;
  for (const auto& [condition, list] : values) {
    double sum = 0;
    for (double value : list) sum += value;
    means[condition] = sum / double(list.size());
  }
  return means;
}

/// Scales, reductions and networks are left out, because scores are paired by them, and so is what changes no
/// score.
Json options_of(const Json& experiment) {
  Json options = {{"spectrogram", experiment.value("spectrogram", Json::object())},
                  {"training", experiment.value("training", Json::object())}};
  for (const char* key : {"scales", "reduce"}) options["spectrogram"].erase(key);
  for (const char* key : {"strategy", "device", "threads_per_cell", "cache_activations"}) {
    options["training"].erase(key);
  }
  return options;
}

std::optional<ScoredRun> load_scored_run(const std::filesystem::path& directory) {
  try {
    const Json experiment = load_toml(directory / "experiment.toml");
    const Json& data = experiment.at("data");
    Json genres = data.value("genres", Json());
    if (genres.is_array()) std::sort(genres.begin(), genres.end());
    return ScoredRun{directory.filename().string(), data.value("group_by", "album"), std::move(genres),
                     options_of(experiment), average_f1(directory / "results.csv")};
  } catch (const Error&) {
    return std::nullopt;  // not finished, or no run
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::vector<ScoredRun> load_scored_runs(const std::filesystem::path& runs) {
  std::vector<ScoredRun> scored;
  if (!std::filesystem::is_directory(runs)) return scored;
  for (const auto& entry : std::filesystem::directory_iterator(runs)) {
    if (!std::filesystem::exists(entry.path() / "results.csv")) continue;
    if (std::optional<ScoredRun> run = load_scored_run(entry.path())) scored.push_back(std::move(*run));
  }
  std::sort(scored.begin(), scored.end(),
            [](const ScoredRun& a, const ScoredRun& b) { return a.name < b.name; });
  return scored;
}

}  // namespace

std::vector<LeakCost> find_leak_costs(const std::filesystem::path& runs, const std::string& only) {
  const std::vector<ScoredRun> scored = load_scored_runs(runs);
  std::vector<LeakCost> costs;
  for (const ScoredRun& leaking : scored) {
    for (const ScoredRun& grouped : scored) {
      if (leaking.group_by != "none" || grouped.group_by == "none" || leaking.genres != grouped.genres)
        continue;
      if (!only.empty() && leaking.name != only && grouped.name != only) continue;
      for (const auto& [condition, value] : leaking.f1) {
        const auto other = grouped.f1.find(condition);
        if (other == grouped.f1.end()) continue;
        const auto& [scale, reduce, strategy, architecture, initialisation, genre] = condition;
        costs.push_back({leaking.name, grouped.name, grouped.group_by, scale, reduce, strategy, architecture,
                         initialisation, genre, value, other->second, leaking.options == grouped.options});
      }
    }
  }
  return costs;
}

Json to_json(const std::vector<LeakCost>& costs) {
  Json list = Json::array();
  for (const LeakCost& cost : costs) {
    list.push_back({{"leaking_run", cost.leaking_run},
                    {"grouped_run", cost.grouped_run},
                    {"group_by", cost.group_by},
                    {"scale", cost.scale},
                    {"reduce", cost.reduce},
                    {"strategy", cost.strategy},
                    {"architecture", cost.architecture},
                    {"initialisation", cost.initialisation},
                    {"genre", cost.genre},
                    {"f1_with_leak", cost.leaking},
                    {"f1_without_leak", cost.grouped},
                    {"difference", cost.leaking - cost.grouped},
                    {"same_options", cost.same_options}});
  }
  return list;
}

std::string to_text(const std::vector<LeakCost>& costs) {
  if (costs.empty()) return "";
  std::string text =
      "\nF1 on test songs at 0.5, with album-mates in training (group_by = \"none\") and without:\n"
      "      with  without  difference\n";
  for (const LeakCost& cost : costs) {
    text += fmt::format("  {:8.4f} {:8.4f}  {:+10.4f}  {} {} {} {} {} {}; {} against {} (by {}{})\n",
                        cost.leaking, cost.grouped, cost.leaking - cost.grouped, cost.genre, cost.scale,
                        cost.reduce, cost.strategy, cost.architecture, cost.initialisation,
                        printable(cost.leaking_run), printable(cost.grouped_run), cost.group_by,
                        cost.same_options ? "" : "; other options differ too");
  }
  return text;
}

}  // namespace gamut::report
