#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <span>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/comparison.h"
#include "gamut/report/gain_draws.h"
#include "gamut/report/sections.h"
#include "gamut/report/strip_figure.h"
#include "gamut/statistics/gain.h"
#include "gamut/statistics/holm.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/wording.h"

namespace gamut::report {
namespace {

using statistics::CombinationGain;
using statistics::GainTable;

/// One gain: of a combination, of a level, or of a genre.
struct GainRow {
  std::string panel, label;
  double value = 0;
  std::optional<DrawnGain> drawn = {};
  std::optional<double> drawn_p_holm = {}, t_test_p_holm = {};
};

/// The gains of every other scale over the baseline: "linear" where it is there, else the first.
std::vector<GainTable> measure(const ComparableScores& comparable) {
  const std::vector<statistics::Observation>& observations = comparable.observations;
  std::vector<std::string> scales;
  for (const auto& observation : observations) {
    const std::string& scale = observation.columns.at("scale");
    if (std::find(scales.begin(), scales.end(), scale) == scales.end()) scales.push_back(scale);
  }
  if (scales.size() < 2) return {};
  const auto linear = std::find(scales.begin(), scales.end(), "linear");
  const std::string baseline = linear == scales.end() ? scales.front() : *linear;
  std::vector<GainTable> tables;
  for (const std::string& scale : scales) {
    if (scale == baseline) continue;
    tables.push_back(statistics::measure_gains(
        observations,
        {.baseline = baseline, .candidate = scale, .settings = {"initialisation", "reduce", "strategy"}}));
  }
  return tables;
}

std::string panel_of(const GainTable& table) {
  return table.question.candidate + " over " + table.question.baseline;
}

/// A combination's depth and settings, and the same of a network, in one order.
std::vector<std::string> names_of(const CombinationGain& gain) {
  return {gain.depth, gain.settings[0], gain.settings[1], gain.settings[2]};
}
std::vector<std::string> names_of(const NetworkPredictions& network) {
  return {network.architecture, network.initialisation, network.reduce, network.strategy};
}

std::string level_title(std::size_t column, const std::string& level) {
  return column == 1 ? initialisation_title(level) : column == 2 ? "reduce " + level : level;
}

/// Which of depth, initialisation, reduce and strategy have several levels.
std::vector<std::size_t> varying(const GainTable& table) {
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < 4; ++column) {
    std::set<std::string> levels;
    for (const CombinationGain& gain : table.combinations) levels.insert(names_of(gain)[column]);
    if (levels.size() > 1) columns.push_back(column);
  }
  return columns;
}

/// Draws of the networks that the gains are measured by, and of no others.
class ComparableDraws {
 public:
  ComparableDraws(const RunFiles& files, const std::set<std::vector<std::string>>& networks)
      : draws_(files), networks_(networks) {}

  const std::string& by() const { return draws_.by(); }

  std::optional<DrawnGain> gain(const GainTable& table, std::span<const std::string> genres,
                                const std::function<bool(const NetworkPredictions&)>& wanted) const {
    return draws_.gain(table.question.candidate, table.question.baseline, genres,
                       [&](const NetworkPredictions& network) {
                         std::vector<std::string> key = names_of(network);
                         key.push_back(network.repeat);
                         return networks_.contains(key) && wanted(network);
                       });
  }

 private:
  GainDraws draws_;
  const std::set<std::vector<std::string>>& networks_;
};

std::vector<GainRow> combination_rows(const GainTable& table, const ComparableDraws& draws) {
  std::vector<GainRow> rows;
  const std::vector<std::size_t> columns = varying(table);
  for (const CombinationGain& gain : table.combinations) {
    const std::vector<std::string> names = names_of(gain);
    std::vector<std::string> label;
    for (const std::size_t column : columns) label.push_back(level_title(column, names[column]));
    rows.push_back({panel_of(table), label.empty() ? gain.depth : join(label, ", "), gain.mean,
                    draws.gain(table, table.pairs,
                               [&](const NetworkPredictions& network) { return names_of(network) == names; }),
                    std::nullopt, gain.t_test_p_holm});
  }
  return rows;
}

std::vector<GainRow> level_rows(const GainTable& table, const ComparableDraws& draws) {
  std::vector<GainRow> rows;
  for (const std::size_t column : varying(table)) {
    std::vector<std::string> levels;
    for (const CombinationGain& gain : table.combinations) {
      const std::string level = names_of(gain)[column];
      if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
    }
    for (const std::string& level : levels) {
      std::vector<double> means;
      for (const CombinationGain& gain : table.combinations) {
        if (names_of(gain)[column] == level) means.push_back(gain.mean);
      }
      rows.push_back({panel_of(table), level_title(column, level), statistics::mean(means),
                      draws.gain(table, table.pairs, [&](const NetworkPredictions& network) {
                        return names_of(network)[column] == level;
                      })});
    }
  }
  return rows;
}

std::vector<GainRow> genre_rows(const GainTable& table, const ComparableDraws& draws) {
  std::vector<GainRow> rows;
  for (std::size_t genre = 0; genre < table.pairs.size(); ++genre) {
    std::vector<double> gains;
    for (const CombinationGain& gain : table.combinations) gains.push_back(gain.gains[genre]);
    rows.push_back({panel_of(table), table.pairs[genre], statistics::mean(gains),
                    draws.gain(table, std::span(table.pairs).subspan(genre, 1),
                               [](const NetworkPredictions&) { return true; })});
  }
  return rows;
}

/// The rows of all candidates, the draws' p values adjusted as one family.
std::vector<GainRow> collect(const std::vector<GainTable>& tables, const ComparableDraws& draws,
                             std::vector<GainRow> (*rows_of)(const GainTable&, const ComparableDraws&)) {
  std::vector<GainRow> rows;
  for (const GainTable& table : tables) {
    const std::vector<GainRow> more = rows_of(table, draws);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  std::vector<std::optional<double>> family;
  for (const GainRow& row : rows) family.push_back(row.drawn ? std::optional(row.drawn->p) : std::nullopt);
  const std::vector<std::optional<double>> adjusted = statistics::holm(family);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].drawn_p_holm = adjusted[i];
  return rows;
}

Figure make_gain_figure(const std::vector<GainRow>& rows, const std::string& title, const std::string& by,
                        const std::string& first_column) {
  const bool with_t =
      std::any_of(rows.begin(), rows.end(), [](const GainRow& row) { return row.t_test_p_holm; });
  Strip strip{.dots = {},
              .rows = {},
              .sets = {"gain"},
              .value_title = "Gain in F1",
              .reference = 0,
              .unit_axis = false};
  Figure figure;
  figure.data = {.caption = "",
                 .columns = {{first_column},
                             {"Gain of"},
                             {"Gain in F1", true},
                             {"95 % from", true},
                             {"to", true},
                             {"p of the draws, Holm", true}},
                 .rows = {}};
  if (with_t) figure.data.columns.push_back({"p of the t test over genres, Holm", true});
  const auto p_text = [](const std::optional<double>& p) { return p ? p_value(*p) : "\u2013"; };
  for (const GainRow& row : rows) {
    if (std::find(strip.rows.begin(), strip.rows.end(), row.label) == strip.rows.end())
      strip.rows.push_back(row.label);
    StripDot dot{row.panel, row.label, "gain", row.panel, row.value, {}, {}};
    if (row.drawn) {
      dot.low = row.drawn->interval.low;
      dot.high = row.drawn->interval.high;
    }
    figure.data.rows.push_back({row.label, row.panel, fixed(row.value), dot.low ? fixed(dot.low) : "\u2013",
                                dot.high ? fixed(dot.high) : "\u2013", p_text(row.drawn_p_holm)});
    if (with_t) figure.data.rows.back().push_back(p_text(row.t_test_p_holm));
    strip.dots.push_back(std::move(dot));
  }
  figure.title = title;
  figure.explanation =
      by.empty() ? "Right of the line the scale named first scores higher."
                 : fmt::format(
                       "Right of the line the scale named first scores higher. Bars are 95 % "
                       "intervals of the difference over draws of whole {0}s of the test part; there "
                       "is none where songs with a genre, or songs without it, are of fewer than {1} "
                       "{0}s.",
                       by, evaluation::kFewestGroups);
  figure.description = title + ", a panel a pair of scales.";
  figure.specification = make_strip(strip, figure.description);
  return figure;
}

std::string choice_text(const statistics::GainInteraction& interaction) {
  return join({initialisation_title(interaction.settings[0]), "reduce " + interaction.settings[1],
               interaction.settings[2]},
              ", ");
}

/// Whether the gain changes with depth, by Friedman's test on the genres' gains.
Table interaction_table(const std::vector<GainTable>& tables) {
  Table table{
      .caption =
          "Does the gain change with depth? Friedman\u2019s test on the genres\u2019 gains; the exact p, "
          "else that of Iman and Davenport\u2019s F, adjusted by Holm for the tests of one pair of scales.",
      .columns =
          {{"Gain of"}, {"Networks"}, {"Depths"}, {"Chi-square", true}, {"p", true}, {"p, Holm", true}},
      .rows = {}};
  for (const GainTable& gains : tables) {
    for (const statistics::GainInteraction& each : gains.interactions) {
      if (!each.friedman) continue;
      table.rows.push_back({panel_of(gains), choice_text(each), join_words(each.depths),
                            fixed(each.friedman->statistic, 2), p_value(each.friedman->best_p()),
                            each.p_holm ? p_value(*each.p_holm) : "\u2013"});
    }
  }
  return table;
}

}  // namespace

std::string gain_sentence(const RunFiles& files) {
  std::vector<std::string> parts;
  bool any_shown = false;
  for (const GainTable& table : measure(comparable_scores(files.results, "f1"))) {
    const std::size_t n = table.combinations.size();
    if (n < 2) continue;
    const auto positive =
        std::ranges::count_if(table.combinations, [](const auto& each) { return each.mean > 0; });
    const auto shown = std::ranges::count_if(table.combinations, [](const auto& each) {
      return each.t_test_p_holm && *each.t_test_p_holm < statistics::kLevel;
    });
    parts.push_back(fmt::format("{} is ahead of {} in {} of {} combinations of architecture and settings{}",
                                table.question.candidate, table.question.baseline, positive, n,
                                shown == 0 ? "" : fmt::format(" (a difference is shown in {})", shown)));
    any_shown = any_shown || shown > 0;
  }
  if (parts.empty()) return "";
  return join(parts, "; ") +
         (any_shown ? " (t tests over genres, adjusted by Holm)."
                    : "; in none is a difference shown (t tests over genres, adjusted by Holm).");
}

Html make_gain_section(const RunFiles& files, int& figures) {
  const ComparableScores comparable = comparable_scores(files.results, "f1");
  const std::vector<GainTable> tables = measure(comparable);
  if (tables.empty()) return {};
  const ComparableDraws draws(files, comparable.networks);
  Html content;
  if (tables.front().combinations.size() > 1) {
    content += to_html(make_gain_figure(collect(tables, draws, combination_rows),
                                        "The gain in every combination", draws.by(), "Networks"),
                       ++figures);
    if (varying(tables.front()).size() > 1) {
      content += to_html(make_gain_figure(collect(tables, draws, level_rows), "The gain by what was varied",
                                          draws.by(), "Networks"),
                         ++figures);
    }
  }
  content += to_html(make_gain_figure(collect(tables, draws, genre_rows),
                                      "The gain of each genre, all networks together", draws.by(), "Genre"),
                     ++figures);
  const Table interactions = interaction_table(tables);
  if (!interactions.rows.empty()) content += to_html(interactions);
  return element("section", {{"aria-labelledby", "gain"}},
                 element("h2", {{"id", "gain"}}, text("Does the gain hold?")) + content);
}

}  // namespace gamut::report
