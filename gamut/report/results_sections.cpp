#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

bool has_metric(const Scores& scores, std::string_view metric) {
  return std::find(scores.metrics.begin(), scores.metrics.end(), metric) != scores.metrics.end();
}

Html section(const std::string& id, std::string_view title, const Html& content) {
  return element("section", {{"aria-labelledby", id}}, element("h2", {{"id", id}}, text(title)) + content);
}

/// Interpolated between order statistics, as the box plots do.
/// @param sorted  at least one.
double quantile(const std::vector<double>& sorted, double fraction) {
  const double position = fraction * double(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - std::floor(position)) * (sorted[above] - sorted[below]);
}

/// What the box plots show, in numbers.
Table quartile_table(const Scores& scores, std::string_view metric) {
  Table table{.caption = "",
              .columns = {{"Scale"},
                          {"Architecture"},
                          {"Initial weights"},
                          {"Genres", true},
                          {"Lower quartile", true},
                          {"Median", true},
                          {"Upper quartile", true}},
              .rows = {}};
  const std::vector<Score> genres = scores.of_genres(metric);
  for (const std::string& start : scores.starts) {
    for (const std::string& architecture : scores.architectures) {
      for (const std::string& set : scores.sets) {
        std::vector<double> values;
        for (const Score& score : genres) {
          if (score.set == set && score.architecture == architecture && score.start == start && score.value)
            values.push_back(*score.value);
        }
        if (values.empty()) continue;
        std::sort(values.begin(), values.end());
        table.rows.push_back({set, architecture, start, std::to_string(values.size()),
                              fixed(quantile(values, 0.25)), fixed(quantile(values, 0.5)),
                              fixed(quantile(values, 0.75))});
      }
    }
  }
  return table;
}

Table aggregate_table(const Scores& scores, std::string_view genre, const std::string& caption) {
  Table table{.caption = caption, .columns = {{"Scale"}, {"Architecture"}, {"Initial weights"}}, .rows = {}};
  for (const std::string_view metric : evaluation::kPaperMetrics) {
    if (has_metric(scores, metric)) table.columns.push_back({metric_title(metric), true});
  }
  for (const std::string& start : scores.starts) {
    for (const std::string& architecture : scores.architectures) {
      for (const std::string& set : scores.sets) {
        std::vector<std::string> row = {set, architecture, start};
        bool trained = false;
        for (const std::string_view metric : evaluation::kPaperMetrics) {
          if (!has_metric(scores, metric)) continue;
          const std::optional<double> value = scores.find(set, architecture, start, genre, metric);
          trained = trained || value.has_value();
          row.push_back(fixed(value));
        }
        if (trained) table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

}  // namespace

std::vector<std::string> genres_by_size(const Json& summary) {
  std::vector<std::string> left = summary.value("genres", std::vector<std::string>{});
  std::vector<std::string> ordered;
  for (const Json& row : summary.value("table1", Json::array())) {
    const auto found = std::find(left.begin(), left.end(), row.at("genre").get<std::string>());
    if (found == left.end()) continue;
    ordered.push_back(*found);
    left.erase(found);
  }
  ordered.insert(ordered.end(), left.begin(), left.end());
  return ordered;
}

std::vector<TitledNetwork> networks_shown(const RunFiles& files) {
  std::set<std::string> reduces, strategies;
  for (const NetworkPredictions& network : files.predictions) {
    reduces.insert(network.reduce);
    strategies.insert(network.strategy);
  }
  std::vector<TitledNetwork> shown;
  for (const NetworkPredictions& network : files.predictions) {
    const NetworkPredictions& first = files.predictions.front();
    if (network.architecture != first.architecture || network.repeat != first.repeat) continue;
    shown.push_back({set_title(network.scale, network.reduce, reduces.size() > 1),
                     start_title(network.initialisation, network.strategy, strategies.size() > 1),
                     network.architecture, &network.test});
  }
  return shown;
}

Html make_architecture_section(const Scores& scores, int& figures) {
  Html content;
  for (const char* metric : {"accuracy", "f1", "recall", "precision"}) {
    if (!has_metric(scores, metric)) continue;
    content += to_html(make_box_figure(scores, metric), ++figures);
    content += element(
        "details", element("summary", "Its medians and quartiles") + to_html(quartile_table(scores, metric)));
  }
  return section("architectures", "Scores by architecture and scale", content);
}

Html make_genre_section(const RunFiles& files, const Scores& scores, int& figures) {
  const std::vector<std::string> genres = genres_by_size(files.summary);
  const std::string& architecture = scores.architectures.front();
  Html content;
  if (scores.architectures.size() > 1) {
    content += element(
        "p", fmt::format("For {}, the first architecture of the run; the tables under the figures above "
                         "hold the others.",
                         architecture));
  }
  for (const char* metric : {"f1", "recall", "precision"}) {
    if (has_metric(scores, metric)) {
      content += to_html(make_genre_figure(scores, metric, architecture, genres), ++figures);
    }
  }
  content += make_intervals_figure(files, scores, figures);
  return section("genres", "Scores by genre", content);
}

Html make_undefined_note(const Scores& scores, std::span<const std::string_view> metrics) {
  std::map<std::string, std::set<std::string>> metrics_of;
  for (const Score& score : scores.rows) {
    if (score.genre != evaluation::kMacro || score.reason.empty()) continue;
    if (std::ranges::find(metrics, score.metric) == metrics.end()) continue;
    metrics_of[score.reason].insert(metric_title(score.metric));
  }
  Html notes;
  for (const auto& [reason, titles] : metrics_of) {
    notes += element("li", fmt::format("{}: {}", join_words({titles.begin(), titles.end()}), reason));
  }
  if (notes.empty()) return {};
  return element(
             "p",
             "Means over genres of which some have no value. What is not left out counts with what stands in "
             "its place, 0 in most cases.") +
         element("ul", notes);
}

Html make_aggregates_section(const Scores& scores) {
  return section("aggregates", "Aggregated scores",
                 to_html(aggregate_table(scores, evaluation::kAllCells,
                                         "All cells: every test song with every genre, pooled.")) +
                     to_html(aggregate_table(scores, evaluation::kMacro, "Macro: the mean over genres.")) +
                     make_undefined_note(scores, evaluation::kPaperMetrics));
}

}  // namespace gamut::report
