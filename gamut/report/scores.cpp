#include "gamut/report/scores.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "gamut/core/error.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::report {
namespace {

using evaluation::ResultRow;

void add_level(std::vector<std::string>& levels, const std::string& level) {
  if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
}

bool is_single_genre(std::string_view genre) {
  return genre != evaluation::kAllCells && genre != evaluation::kMacro && genre != "(multi-label)";
}

std::string capitalised(std::string word) {
  std::replace(word.begin(), word.end(), '_', ' ');
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

std::vector<Score> Scores::of_genres(std::string_view metric) const {
  std::vector<Score> selected;
  for (const Score& score : rows) {
    if (score.metric == metric && is_single_genre(score.genre)) selected.push_back(score);
  }
  return selected;
}

std::optional<double> Scores::find(std::string_view set, std::string_view architecture,
                                   std::string_view start, std::string_view genre,
                                   std::string_view metric) const {
  for (const Score& score : rows) {
    if (score.set == set && score.architecture == architecture && score.start == start &&
        score.genre == genre && score.metric == metric) {
      return score.value;
    }
  }
  return std::nullopt;
}

Scores select_test_scores(std::span<const ResultRow> results) {
  std::vector<const ResultRow*> selected;
  std::set<std::string> reduces, strategies;
  for (const ResultRow& row : results) {
    if (row.part != "test" || row.decision != "0.5") continue;
    selected.push_back(&row);
    reduces.insert(row.reduce);
    strategies.insert(row.strategy);
  }
  if (selected.empty()) {
    throw ParameterError(
        "results.csv has no row of the part \"test\" with the decision \"0.5\", so there is nothing "
        "to report; let the run finish at least one cell, then try again");
  }

  Scores scores;
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::size_t> position;
  std::vector<double> sums;
  std::vector<int> counts;
  for (const ResultRow* row : selected) {
    const Score score{.set = reduces.size() > 1 ? row->scale + " (" + row->reduce + ")" : row->scale,
                      .architecture = row->architecture,
                      .start = initialisation_title(row->initialisation) +
                               (strategies.size() > 1 ? ", " + row->strategy : ""),
                      .genre = row->genre,
                      .metric = row->metric,
                      .value = std::nullopt};
    add_level(scores.scales, row->scale);
    add_level(scores.sets, score.set);
    add_level(scores.architectures, score.architecture);
    add_level(scores.starts, score.start);
    add_level(scores.metrics, score.metric);
    const auto [found, is_new] = position.try_emplace(
        {score.set, score.architecture, score.start, score.genre, score.metric}, scores.rows.size());
    if (is_new) {
      scores.rows.push_back(score);
      sums.push_back(0);
      counts.push_back(0);
    }
    if (row->undefined) continue;
    sums[found->second] += row->value;
    ++counts[found->second];
  }
  for (std::size_t i = 0; i < scores.rows.size(); ++i) {
    if (counts[i] > 0) scores.rows[i].value = sums[i] / counts[i];
  }
  return scores;
}

std::string metric_title(std::string_view metric) {
  return capitalised(std::string(metric));
}

std::string initialisation_title(std::string_view initialisation) {
  if (initialisation == "imagenet") return "ImageNet weights";
  if (initialisation == "random") return "Random weights";
  return std::string(initialisation);
}

}  // namespace gamut::report
