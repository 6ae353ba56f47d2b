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

/// Rows of one score, to be averaged.
class Sums {
 public:
  void add(const ResultRow& row) {
    // What stands in the place of an undefined value is no value; a mean that leaves some out is one.
    const bool is_mean = row.genre == evaluation::kMacro || row.genre == evaluation::kMultiLabel;
    if (row.undefined || (!row.reason.empty() && !is_mean)) return;
    ++count_;
    value_ += row.value;
    if (reason_.empty()) reason_ = row.reason;
    if (!row.low || !row.high) return;
    ++intervals_;
    low_ += *row.low;
    high_ += *row.high;
  }

  void put_into(Score& score) const {
    if (count_ == 0) return;
    score.value = value_ / count_;
    score.reason = reason_;
    if (intervals_ < count_) return;
    score.low = low_ / count_;
    score.high = high_ / count_;
  }

 private:
  double value_ = 0, low_ = 0, high_ = 0;
  int count_ = 0, intervals_ = 0;
  std::string reason_;
};

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

const Score* Scores::look_up(std::string_view set, std::string_view architecture, std::string_view start,
                             std::string_view genre, std::string_view metric) const {
  for (const Score& score : rows) {
    if (score.set == set && score.architecture == architecture && score.start == start &&
        score.genre == genre && score.metric == metric) {
      return &score;
    }
  }
  return nullptr;
}

std::optional<double> Scores::find(std::string_view set, std::string_view architecture,
                                   std::string_view start, std::string_view genre,
                                   std::string_view metric) const {
  const Score* score = look_up(set, architecture, start, genre, metric);
  return score == nullptr ? std::nullopt : score->value;
}

Scores select_scores(std::span<const ResultRow> results, std::string_view decision) {
  std::vector<const ResultRow*> selected;
  std::set<std::string> reduces, strategies;
  for (const ResultRow& row : results) {
    if (row.part != "test" || row.decision != decision) continue;
    selected.push_back(&row);
    reduces.insert(row.reduce);
    strategies.insert(row.strategy);
  }

  Scores scores;
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::size_t> position;
  std::vector<Sums> sums;
  for (const ResultRow* row : selected) {
    const Score score{.set = set_title(row->scale, row->reduce, reduces.size() > 1),
                      .architecture = row->architecture,
                      .start = start_title(row->initialisation, row->strategy, strategies.size() > 1),
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
      sums.emplace_back();
    }
    sums[found->second].add(*row);
  }
  for (std::size_t i = 0; i < scores.rows.size(); ++i) sums[i].put_into(scores.rows[i]);
  return scores;
}

Scores select_test_scores(std::span<const ResultRow> results) {
  Scores scores = select_scores(results, "0.5");
  if (scores.rows.empty()) {
    throw ParameterError(
        "results.csv has no row of the part \"test\" with the decision \"0.5\", so there is nothing "
        "to report; let the run finish at least one cell, then try again");
  }
  return scores;
}

std::string set_title(std::string_view scale, std::string_view reduce, bool several_reduces) {
  return std::string(scale) + (several_reduces ? " (" + std::string(reduce) + ")" : "");
}

std::string start_title(std::string_view initialisation, std::string_view strategy, bool several_strategies) {
  return initialisation_title(initialisation) + (several_strategies ? ", " + std::string(strategy) : "");
}

bool is_single_genre(std::string_view genre) {
  return genre != evaluation::kAllCells && genre != evaluation::kMacro && genre != evaluation::kMultiLabel;
}

std::string metric_title(std::string_view metric) {
  if (metric == "roc_auc") return "ROC AUC";
  if (metric == "mcc") return "MCC";
  return capitalised(std::string(metric));
}

std::string initialisation_title(std::string_view initialisation) {
  if (initialisation == "imagenet") return "ImageNet weights";
  if (initialisation == "random") return "Random weights";
  return std::string(initialisation);
}

}  // namespace gamut::report
