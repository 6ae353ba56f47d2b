#include "gamut/report/rank_figure.h"

#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/comparison.h"
#include "gamut/report/vega.h"

namespace gamut::report {
namespace {

Json bar(const std::string& panel, const std::string& row, double from, double to) {
  return {{"panel", panel}, {"kind", "line"}, {"row", row}, {"rank", from}, {"to", to}};
}

}  // namespace

Figure make_rank_figure(const statistics::ManyComparison& comparison, std::string_view metric) {
  const std::vector<double>& ranks = comparison.friedman->mean_ranks;
  const std::vector<std::string>& names = comparison.table.conditions;
  const std::string panel = "mean rank by " + metric_title(metric);
  const std::string critical =
      fmt::format("critical difference, {}", fixed(comparison.critical_difference, 2));
  const auto n = static_cast<double>(names.size());
  Figure figure;
  figure.title = "Which scales can be told apart?";
  figure.explanation = fmt::format(
      "Critical-difference diagram. Rank 1, on the left, is the highest {} of a {}; dots are means over n = "
      "{}. Two scales differ at the 5 % level where their dots lie at least the critical difference apart "
      "(Nemenyi); scales on one bar are not shown to differ.",
      metric_title(metric), comparison.pair_by, comparison.friedman->blocks);
  Json values = Json::array({bar(panel, critical, 1, 1 + comparison.critical_difference)});
  std::vector<std::string> rows = {critical};
  std::vector<std::string> described;
  figure.data = {.caption = "", .columns = {{"Scale"}, {"Mean rank", true}, {"Mean", true}}, .rows = {}};
  for (const std::size_t i : by_rank(comparison)) {
    values.push_back({{"panel", panel}, {"kind", "scale"}, {"row", names[i]}, {"rank", ranks[i]}});
    rows.push_back(names[i]);
    described.push_back(fmt::format("{} at {}", names[i], fixed(ranks[i], 2)));
    figure.data.rows.push_back({names[i], fixed(ranks[i], 2), fixed(comparison.means[i])});
  }
  for (std::size_t c = 0; c < comparison.cliques.size(); ++c) {
    const std::string row = comparison.cliques.size() == 1 ? "not shown to differ"
                                                           : fmt::format("not shown to differ ({})", c + 1);
    values.push_back(
        bar(panel, row, ranks[comparison.cliques[c].front()], ranks[comparison.cliques[c].back()]));
    rows.push_back(row);
  }
  figure.description = fmt::format("Mean ranks of the scales: {}; the {}.", join_words(described), critical);
  Json y = nominal("row", rows);
  y["title"] = nullptr;
  const Json x =
      quantitative("rank", "Mean rank",
                   {{"domain", {1, std::max(n, 1 + comparison.critical_difference)}}, {"nice", false}});
  const Json bars = {{"transform", only("line")},
                     {"mark", {{"type", "rule"}, {"strokeWidth", 4}}},
                     {"encoding", {{"x2", {{"field", "to"}}}}}};
  const Json dots = {{"transform", only("scale")},
                     {"mark", {{"type", "point"}, {"size", 110}, {"opacity", 1}}},
                     {"encoding",
                      {{"color", {{"datum", "scales"}, {"type", "nominal"}, {"legend", nullptr}}},
                       {"tooltip", tooltip({{"row", "Scale"}, {"rank", "Mean rank"}}, {"rank"})}}}};
  figure.specification =
      faceted(figure.description, values, {1, 0, {}},
              {{"height", {{"step", 26}}}, {"encoding", {{"x", x}, {"y", y}}}, {"layer", {bars, dots}}});
  return figure;
}

}  // namespace gamut::report
