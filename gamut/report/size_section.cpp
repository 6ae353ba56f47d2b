#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/comparison.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"
#include "gamut/report/vega.h"
#include "gamut/statistics/size_effect.h"
#include "gamut/statistics/wording.h"

namespace gamut::report {
namespace {

constexpr std::array kMetrics = {"f1", "precision", "recall"};

/// Training songs of each genre, by the audit of the split.
std::map<std::string, double> training_positives(const Json& summary) {
  std::map<std::string, double> positives;
  const Json audit = summary.value("split_audit", Json::object());
  for (const Json& row : audit.value("rows", Json::array()))
    positives[row.at("genre").get<std::string>()] = row.at("train").get<double>();
  return positives;
}

std::vector<statistics::SizeEffect> size_effects(const RunFiles& files, const char* metric) {
  const std::map<std::string, double> positives = training_positives(files.summary);
  const std::vector<statistics::Observation> observations =
      comparable_scores(files.results, metric).observations;
  if (observations.empty()) return {};
  const bool all_counted = std::all_of(
      observations.begin(), observations.end(),
      [&](const auto& observation) { return positives.contains(observation.columns.at("genre")); });
  if (!all_counted) return {};
  return statistics::measure_size_effect(
      observations,
      {.between = "scale",
       .pair_by = {"genre"},
       .average_over = {"architecture", "initialisation", "reduce", "strategy", "repeat"}},
      positives);
}

Table spearman_table(const RunFiles& files) {
  Table table{
      .caption = "Spearman\u2019s rank correlation of the score with the training songs of the genre.",
      .columns = {{"Metric"},
                  {"Scale"},
                  {"Genres", true},
                  {"rho", true},
                  {"95 % from", true},
                  {"to", true},
                  {"p", true}},
      .rows = {}};
  for (const char* metric : kMetrics) {
    for (const statistics::SizeEffect& effect : size_effects(files, metric)) {
      const auto& test = effect.test;
      const bool bounded = test && test->interval;
      table.rows.push_back(
          {metric_title(metric), effect.condition, std::to_string(effect.genres.size()),
           test ? fixed(test->rho, 2) : "\u2013", bounded ? fixed(test->interval->low, 2) : "\u2013",
           bounded ? fixed(test->interval->high, 2) : "\u2013", test ? p_value(test->p) : "\u2013"});
    }
  }
  return table;
}

Figure make_size_figure(const RunFiles& files, const std::vector<std::string>& scales) {
  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Genre"}, {"Training songs", true}, {"Scale"}, {"Metric"}, {"Value", true}},
              .rows = {}};
  std::size_t panels = 0;
  for (const char* metric : kMetrics) {
    const std::vector<statistics::SizeEffect> effects = size_effects(files, metric);
    if (!effects.empty()) ++panels;
    for (const statistics::SizeEffect& effect : effects) {
      for (std::size_t i = 0; i < effect.genres.size(); ++i) {
        if (effect.positives[i] < 1) continue;  // a log axis has no 0
        values.push_back({{"panel", metric_title(metric)},
                          {"kind", "genre"},
                          {"genre", effect.genres[i]},
                          {"set", effect.condition},
                          {"positives", effect.positives[i]},
                          {"value", effect.values[i]}});
        table.rows.push_back({effect.genres[i], fmt::format("{:.0f}", effect.positives[i]), effect.condition,
                              metric_title(metric), fixed(effect.values[i])});
      }
    }
  }
  Figure figure;
  figure.title = "Scores against the size of the genre";
  figure.explanation =
      "Each dot is a genre, averaged over all networks of a scale. The axis of training songs is "
      "logarithmic.";
  figure.description = "F1, precision and recall of each genre against its training songs, by scale.";
  const Json set = nominal("set", scales);
  const Json dots = {
      {"mark", {{"type", "point"}, {"size", 60}, {"opacity", 1}}},
      {"encoding",
       {{"tooltip",
         tooltip({{"genre", "Genre"}, {"positives", "Training songs"}, {"set", "Scale"}, {"value", "Value"}},
                 {"value"})}}}};
  figure.specification = faceted(figure.description, values, {panels, 0, scales},
                                 {{"height", 260},
                                  {"encoding",
                                   {{"x", quantitative("positives", "Training songs",
                                                       {{"type", "log"}, {"nice", false}, {"padding", 12}})},
                                    {"y", quantitative("value", "Score", {{"domain", {0, 1}}})},
                                    {"color", set},
                                    {"shape", set}}},
                                  {"layer", {dots}}});
  figure.data = std::move(table);
  return figure;
}

/// "Precision is without Jazz: …", for each metric that some genre has no value of.
std::string left_out_text(const RunFiles& files) {
  std::vector<std::string> sentences;
  for (const char* metric : kMetrics) {
    const std::vector<std::string> genres = comparable_scores(files.results, metric).genres_left_out;
    if (genres.empty()) continue;
    sentences.push_back(fmt::format("{} is without {}: no test song, or no value with some network.",
                                    metric_title(metric), join_words(genres)));
  }
  return join(sentences, " ");
}

}  // namespace

std::string size_sentence(const RunFiles& files) {
  std::vector<std::string> rising, falling, not_shown;
  for (const statistics::SizeEffect& effect : size_effects(files, "f1")) {
    if (!effect.test) continue;
    const bool shown = effect.test->p < statistics::kLevel;
    (!shown                 ? not_shown
     : effect.test->rho > 0 ? rising
                            : falling)
        .push_back(fmt::format("{} with {}", fixed(effect.test->rho, 2), effect.condition));
  }
  std::vector<std::string> parts;
  const auto add = [&](const char* finding, const std::vector<std::string>& values) {
    if (values.empty()) return;
    parts.push_back(fmt::format("{}: Spearman\u2019s rho is {}", finding, join_words(values)));
  };
  add("F1 rises with the number of training songs", rising);
  add("F1 falls with the number of training songs", falling);
  add("that F1 goes with the number of training songs is not shown", not_shown);
  return parts.empty() ? "" : join(parts, "; ") + ".";
}

Html make_size_section(const RunFiles& files, const Scores& scores, int& figures) {
  const Table correlations = spearman_table(files);
  if (correlations.rows.empty()) return {};
  const std::string left_out = left_out_text(files);
  return element("section", {{"aria-labelledby", "size"}},
                 element("h2", {{"id", "size"}}, text("Do scores follow the size of the genre?")) +
                     to_html(make_size_figure(files, scores.scales), ++figures) + to_html(correlations) +
                     (left_out.empty() ? Html{} : element("p", left_out)));
}

}  // namespace gamut::report
