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

constexpr std::array<std::string_view, 4> kMetrics = {"f1", "balanced_accuracy", "roc_auc",
                                                      "average_precision"};
constexpr const char* kChanceMetric = "balanced_accuracy";
constexpr double kChance = 0.5;

std::vector<std::string> table_row(const Scores& scores, const Score& like, const std::string& name) {
  std::vector<std::string> row = {
      name, fixed(scores.find(like.set, like.architecture, like.start, evaluation::kAllCells, "f1"))};
  for (const std::string_view metric : kMetrics)
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

/// Genres by whether a network of the set is surely better than chance.
struct GenresByChance {
  bool any_judged = false;
  std::map<std::string, std::vector<std::string>> at_chance;  ///< of each set
  std::vector<std::string> not_judged;                        ///< of which a set has no interval
};

GenresByChance genres_by_chance(const Scores& scores) {
  struct Judgement {
    bool judged = false, above = false;
  };
  std::map<std::pair<std::string, std::string>, Judgement> judgements;
  std::vector<std::pair<std::string, std::string>> order;
  for (const Score& score : scores.of_genres(kChanceMetric)) {
    const auto [found, is_new] = judgements.try_emplace({score.set, score.genre});
    if (is_new) order.push_back(found->first);
    found->second.judged |= score.low.has_value();
    found->second.above |= score.low && *score.low > kChance;
  }
  GenresByChance genres;
  for (const auto& [set, genre] : order) {
    const Judgement& judgement = judgements.at({set, genre});
    genres.any_judged |= judgement.judged;
    if (judgement.judged && !judgement.above) genres.at_chance[set].push_back(genre);
    if (!judgement.judged && std::ranges::find(genres.not_judged, genre) == genres.not_judged.end())
      genres.not_judged.push_back(genre);
  }
  return genres;
}

}  // namespace

std::string chance_sentence(const Scores& scores) {
  const GenresByChance genres = genres_by_chance(scores);
  const std::string needed = fmt::format(
      "an interval takes test songs with the genre of at least {} albums (else artists, else "
      "songs), and songs without it of as many",
      evaluation::kFewestGroups);
  if (!genres.any_judged) return genres.not_judged.empty() ? "" : "no genre was judged: " + needed + ".";
  const std::string not_judged =
      genres.not_judged.empty() ? ""
                                : fmt::format(" Not judged: {}; {}.", join_words(genres.not_judged), needed);
  if (genres.at_chance.empty()) {
    return fmt::format(
        "every {}genre, with every scale, in the best network at least: the 95 % interval of its balanced "
        "accuracy lies above 0.5.{}",
        not_judged.empty() ? "" : "other ", not_judged);
  }
  std::map<std::vector<std::string>, std::vector<std::string>> sets_by_genres;
  for (const std::string& set : scores.sets) {
    const auto found = genres.at_chance.find(set);
    if (found != genres.at_chance.end()) sets_by_genres[found->second].push_back(set);
  }
  std::vector<std::string> parts;
  for (const auto& [at_chance, sets] : sets_by_genres) {
    const bool any = sets.size() > 1 && sets.size() == scores.sets.size();
    parts.push_back(fmt::format("{} with {}", join_words(at_chance), any ? "any scale" : join_words(sets)));
  }
  return fmt::format(
      "not shown for {}: no network\u2019s 95 % interval of the balanced accuracy lies above 0.5, that of "
      "guessing.{}",
      join(parts, "; "), not_judged);
}

Html make_baselines_section(const RunFiles& files, const Scores& scores, int& figures) {
  Strip strip{.dots = {},
              .rows = scores.sets,
              .sets = {"networks", "baselines"},
              .value_title = "F1, mean over genres",
              .set_title = "Kind",
              .side_by_side = false};
  Table table{.caption = "", .columns = {{"What"}, {"F1, all cells", true}}, .rows = {}};
  for (const std::string_view metric : kMetrics)
    table.columns.push_back({metric_title(metric) + ", mean", true});
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
                     to_html(figure, ++figures) + make_undefined_note(scores, kMetrics) +
                     (chance.empty() ? Html{} : element("p", "Better than chance: " + chance)));
}

}  // namespace gamut::report
