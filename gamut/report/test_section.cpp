#include <fmt/format.h>

#include "gamut/core/text.h"
#include "gamut/report/figures.h"
#include "gamut/report/rank_figure.h"
#include "gamut/report/sections.h"
#include "gamut/statistics/compare.h"
#include "gamut/statistics/holm.h"

namespace gamut::report {
namespace {

using statistics::Comparison;
using statistics::ManyComparison;

constexpr std::size_t kMostPlots = 4;  // Q–Q plots beside each other

std::string p_or_dash(const std::optional<double>& p) {
  return p ? p_value(*p) : "\u2013";
}

std::string label(const ScaleComparison& comparison) {
  return comparison.title.empty() ? "all together" : comparison.title;
}

std::string difference_title(const Comparison& comparison) {
  return fmt::format("{} \u2212 {}", comparison.first, comparison.second);
}

/// "all together" first, then the settings.
std::vector<const ScaleComparison*> in_order(const ScaleComparisons& comparisons) {
  std::vector<const ScaleComparison*> order = {&*comparisons.all};
  for (const ScaleComparison& setting : comparisons.settings) order.push_back(&setting);
  return order;
}

Table tests_of_two(const std::vector<const ScaleComparison*>& order) {
  Table table{
      .caption =
          "The paired tests. Holm\u2019s p counts the tests of the settings, not the one of all together.",
      .columns = {{"Networks"},
                  {"n", true},
                  {difference_title(*order.front()->two), true},
                  {"95 % interval", true},
                  {"t", true},
                  {"p", true},
                  {"p, Holm", true},
                  {"Wilcoxon p", true},
                  {"Sign test p", true},
                  {"Shapiro\u2013Wilk p", true},
                  {"Cohen\u2019s d", true}},
      .rows = {}};
  std::vector<std::optional<double>> family;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Comparison& comparison = *order[i]->two;
    family.push_back(comparison.t_test ? std::optional(comparison.t_test->p) : std::nullopt);
  }
  const std::vector<std::optional<double>> adjusted = statistics::holm(family);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Comparison& comparison = *order[i]->two;
    std::vector<std::string> row = {label(*order[i]), std::to_string(comparison.pairs.size())};
    if (const auto& test = comparison.t_test) {
      row.insert(row.end(),
                 {fixed(test->mean_difference, 4), fixed(test->low, 4) + " to " + fixed(test->high, 4),
                  fixed(test->t, 2), p_value(test->p)});
    } else {
      row.insert(row.end(), 4, "\u2013");
    }
    row.push_back(i == 0 ? "\u2013" : p_or_dash(adjusted[i - 1]));
    row.push_back(comparison.wilcoxon ? p_value(comparison.wilcoxon->p) : "\u2013");
    row.push_back(comparison.sign_test ? p_value(comparison.sign_test->p) : "\u2013");
    row.push_back(comparison.normality ? p_value(comparison.normality->p) : "\u2013");
    row.push_back(comparison.t_test ? fixed(comparison.t_test->cohen_dz, 2) : "\u2013");
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The values of every pair, a column a scale.
Table pair_table(const std::vector<const ScaleComparison*>& order) {
  const ScaleComparison& front = *order.front();
  Table table{.caption = "", .columns = {{"Genre"}, {"Networks"}}, .rows = {}};
  const auto scales = front.two ? std::vector<std::string>{front.two->first, front.two->second}
                                : front.many->table.conditions;
  for (const std::string& scale : scales) table.columns.push_back({scale, true});
  if (front.two) table.columns.push_back({"Difference", true});
  for (const ScaleComparison* comparison : order) {
    const std::vector<std::string>& pairs =
        comparison->two ? comparison->two->pairs : comparison->many->table.pairs;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      std::vector<std::string> row = {pairs[i], label(*comparison)};
      if (comparison->two) {
        const double first = comparison->two->first_values[i], second = comparison->two->second_values[i];
        row.insert(row.end(), {fixed(first), fixed(second), fixed(first - second)});
      } else {
        for (const double value : comparison->many->table.values[i]) row.push_back(fixed(value));
      }
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Html two_scales(const std::vector<const ScaleComparison*>& order, const std::string& metric, int& figures) {
  std::vector<TitledComparison> plotted;
  const bool one = order.size() == 1;
  for (std::size_t i = one ? 0 : 1; i < order.size() && plotted.size() < kMostPlots; ++i) {
    if (order[i]->two->normality)
      plotted.push_back({one ? difference_title(*order[i]->two) : order[i]->title, &*order[i]->two});
  }
  const Html plots = plotted.empty()
                         ? element("p", "There are too few pairs, or too equal ones, for a Q\u2013Q plot.")
                         : to_html(make_qq_figure(plotted, metric), ++figures);
  return to_html(tests_of_two(order)) + plots;
}

Table friedman_table(const std::vector<const ScaleComparison*>& order) {
  Table table{.caption =
                  "Friedman\u2019s test: do the scales differ at all? Mean ranks over genres, 1 being the "
                  "best. Where there "
                  "is an exact p, it decides.",
              .columns = {{"Networks"}, {"n", true}},
              .rows = {}};
  for (const std::string& scale : order.front()->many->table.conditions)
    table.columns.push_back({scale, true});
  table.columns.insert(table.columns.end(), {{"Chi-square", true},
                                             {"p", true},
                                             {"F of Iman and Davenport", true},
                                             {"p of F", true},
                                             {"Exact p", true}});
  for (const ScaleComparison* comparison : order) {
    const ManyComparison& many = *comparison->many;
    std::vector<std::string> row = {label(*comparison), std::to_string(many.table.pairs.size())};
    if (const auto& test = many.friedman) {
      for (const double rank : test->mean_ranks) row.push_back(fixed(rank, 2));
      row.insert(row.end(), {fixed(test->statistic, 2), p_value(test->p),
                             std::isfinite(test->iman_davenport) ? fixed(test->iman_davenport, 2) : "\u221e",
                             p_value(test->iman_davenport_p), p_or_dash(test->exact_p)});
    } else {
      row.insert(row.end(), many.table.conditions.size() + 5, "\u2013");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table pairwise_table(const ManyComparison& many) {
  Table table{.caption = fmt::format(
                  "Every two scales, all networks together. The p values are Holm\u2019s, over {} tests.",
                  many.pairwise.size()),
              .columns = {{"Difference"},
                          {"Mean", true},
                          {"95 % from", true},
                          {"to", true},
                          {"t test p", true},
                          {"Wilcoxon p", true},
                          {"Sign test p", true},
                          {"Beyond Nemenyi\u2019s difference"}},
              .rows = {}};
  for (const statistics::PairwiseComparison& pair : many.pairwise) {
    const auto& test = pair.comparison.t_test;
    table.rows.push_back({difference_title(pair.comparison),
                          test ? fixed(test->mean_difference, 4) : "\u2013",
                          test ? fixed(test->low, 4) : "\u2013", test ? fixed(test->high, 4) : "\u2013",
                          p_or_dash(pair.t_test_p), p_or_dash(pair.wilcoxon_p), p_or_dash(pair.sign_test_p),
                          pair.nemenyi ? "yes" : "no"});
  }
  return table;
}

Html many_scales(const std::vector<const ScaleComparison*>& order, const std::string& metric, int& figures) {
  const ManyComparison& many = *order.front()->many;
  Html content = to_html(friedman_table(order));
  if (many.friedman) content += to_html(make_rank_figure(many, metric), ++figures);
  content += to_html(pairwise_table(many));
  std::vector<TitledComparison> plotted;
  for (const statistics::PairwiseComparison& pair : many.pairwise) {
    if (pair.comparison.normality && plotted.size() < kMostPlots)
      plotted.push_back({difference_title(pair.comparison), &pair.comparison});
  }
  if (!plotted.empty()) content += to_html(make_qq_figure(plotted, metric), ++figures);
  return content;
}

}  // namespace

Html make_test_section(const ScaleComparisons& comparisons, int& figures) {
  if (!comparisons.all) return {};
  const std::vector<const ScaleComparison*> order = in_order(comparisons);
  const ScaleComparison& all = *order.front();
  const std::string metric = metric_title(comparisons.metric);
  const Html content = all.two ? two_scales(order, comparisons.metric, figures)
                               : many_scales(order, comparisons.metric, figures);
  const std::string words =
      all.two ? statistics::describe(*all.two, metric) : statistics::describe(*all.many, metric);
  return element(
      "section", {{"aria-labelledby", "test"}},
      element("h2", {{"id", "test"}}, text("The paired test")) + content +
          element("details", element("summary", "The pairs as a table") + to_html(pair_table(order))) +
          element("details", element("summary", "The test in full sentences") + element("p", words)));
}

}  // namespace gamut::report
