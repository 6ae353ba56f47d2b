#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/sections.h"
#include "gamut/report/strip_figure.h"

namespace gamut::report {
namespace {

/// A baseline's name in results.csv and what readers call it.
constexpr std::array<std::pair<const char*, const char*>, 4> kBaselines = {
    {{"majority", "majority"},
     {"prevalence", "chance, by prevalence"},
     {"popularity", "most popular genres"},
     {"album-oracle", "album oracle"}}};

constexpr std::array kMetrics = {"f1", "balanced_accuracy", "roc_auc", "average_precision"};
constexpr const char* kChanceMetric = "balanced_accuracy";
constexpr double kChance = 0.5;

std::vector<std::string> table_row(const Scores& scores, const Score& like, const std::string& name) {
  std::vector<std::string> row = {
      name, fixed(scores.find(like.set, like.architecture, like.start, evaluation::kAllCells, "f1"))};
  for (const char* metric : kMetrics)
    row.push_back(fixed(scores.find(like.set, like.architecture, like.start, evaluation::kMacro, metric)));
  return row;
}

/// The macro F1 of every network, or of the first: baselines hear no music, so that all have the same.
std::vector<Score> macro_f1(const Scores& scores) {
  std::vector<Score> found;
  for (const Score& score : scores.rows) {
    if (score.genre == evaluation::kMacro && score.metric == "f1" && score.value) found.push_back(score);
  }
  return found;
}

/// Genres of which no network of the set is surely better than chance.
std::map<std::string, std::vector<std::string>> genres_by_chance(const Scores& scores, std::size_t& judged) {
  std::map<std::string, std::vector<std::string>> at_chance;
  std::map<std::pair<std::string, std::string>, bool> above;
  std::vector<std::pair<std::string, std::string>> order;
  for (const Score& score : scores.of_genres(kChanceMetric)) {
    if (!score.low) continue;
    const auto [found, is_new] = above.try_emplace({score.set, score.genre}, false);
    if (is_new) order.push_back(found->first);
    found->second = found->second || *score.low > kChance;
  }
  judged = order.size();
  for (const auto& key : order) {
    if (!above.at(key)) at_chance[key.first].push_back(key.second);
  }
  return at_chance;
}

}  // namespace

std::string chance_sentence(const Scores& scores) {
  std::size_t judged = 0;
  const auto at_chance = genres_by_chance(scores, judged);
  if (judged == 0) return "";
  if (at_chance.empty()) {
    return "every genre, with every scale, in the best network at least: the 95 % interval of its balanced "
           "accuracy lies "
           "above 0.5.";
  }
  std::map<std::vector<std::string>, std::vector<std::string>> sets_by_genres;
  for (const std::string& set : scores.sets) {
    const auto found = at_chance.find(set);
    if (found != at_chance.end()) sets_by_genres[found->second].push_back(set);
  }
  std::vector<std::string> parts;
  for (const auto& [genres, sets] : sets_by_genres) {
    const bool any = sets.size() > 1 && sets.size() == scores.sets.size();
    parts.push_back(fmt::format("{} with {}", join_words(genres), any ? "any scale" : join_words(sets)));
  }
  return fmt::format(
      "not shown for {}: no network\u2019s 95 % interval of the balanced accuracy lies above 0.5, that of "
      "guessing.",
      join(parts, "; "));
}

Html make_baselines_section(const RunFiles& files, const Scores& scores, int& figures) {
  Strip strip{.dots = {},
              .rows = scores.sets,
              .sets = {"networks", "baselines"},
              .value_title = "F1, mean over genres",
              .set_title = "Kind",
              .side_by_side = false};
  Table table{.caption = "", .columns = {{"What"}, {"F1, all cells", true}}, .rows = {}};
  for (const char* metric : kMetrics) table.columns.push_back({metric_title(metric) + ", mean", true});
  for (const Score& score : macro_f1(scores)) {
    const std::string name = score.architecture + ", " + score.start;
    strip.dots.push_back({"", score.set, "networks", name, *score.value, score.low, score.high});
    table.rows.push_back(table_row(scores, score, score.set + ", " + name));
  }
  Html items;
  for (const auto& [decision, title] : kBaselines) {
    const Scores baseline = select_scores(files.results, decision);
    const std::vector<Score> found = macro_f1(baseline);
    if (found.empty()) continue;
    strip.rows.emplace_back(title);
    strip.dots.push_back({"", title, "baselines", title, *found.front().value, {}, {}});
    table.rows.push_back(table_row(baseline, found.front(), title));
  }
  if (strip.rows.size() == scores.sets.size()) return {};
  Figure figure;
  figure.title = "Networks beside guessers that hear no music";
  figure.explanation =
      "Majority gives a genre to every song where most training songs have it; chance draws genres as often "
      "as training "
      "songs have them; popularity gives every song the most frequent ones. The album oracle, where the "
      "split leaks, "
      "gives a song the genres of its album-mates in training. Bars are 95 % intervals.";
  figure.description = "Mean F1 over genres of every network and of each baseline.";
  figure.specification = make_strip(strip, figure.description);
  figure.data = std::move(table);
  const std::string chance = chance_sentence(scores);
  return element("section", {{"aria-labelledby", "baselines"}},
                 element("h2", {{"id", "baselines"}}, text("Better than guessing?")) +
                     to_html(figure, ++figures) +
                     (chance.empty() ? Html{} : element("p", "Better than chance: " + chance)));
}

}  // namespace gamut::report
