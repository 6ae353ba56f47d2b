#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/reliability.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"
#include "gamut/report/vega.h"

namespace gamut::report {
namespace {

Figure make_reliability_figure(const std::vector<TitledNetwork>& networks, const Scores& scores) {
  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Scale"},
                          {"Initial weights"},
                          {"Scores from", true},
                          {"to", true},
                          {"Cells", true},
                          {"Mean score", true},
                          {"Share that is true", true}},
              .rows = {}};
  std::vector<std::string> panels;
  for (const TitledNetwork& network : networks) {
    if (std::find(panels.begin(), panels.end(), network.start) == panels.end()) {
      panels.push_back(network.start);
      for (const double end : {0.0, 1.0})
        values.push_back({{"panel", network.start}, {"kind", "line"}, {"score", end}, {"share", end}});
    }
    for (const evaluation::ReliabilityBin& bin :
         evaluation::reliability(network.test->labels, network.test->scores)) {
      if (bin.cells == 0) continue;
      values.push_back({{"panel", network.start},
                        {"kind", "bin"},
                        {"set", network.set},
                        {"score", bin.mean_score},
                        {"share", bin.positive_rate},
                        {"cells", bin.cells}});
      table.rows.push_back({network.set, network.start, fixed(bin.low, 1), fixed(bin.high, 1),
                            fmt::format("{:.0f}", bin.cells), fixed(bin.mean_score),
                            fixed(bin.positive_rate)});
    }
  }
  Figure figure;
  figure.title = fmt::format("Do scores mean what they say? {}", networks.front().architecture);
  figure.explanation =
      "Reliability diagram. Songs and genres of the test part, pooled in tenths of the score: of the cells "
      "with a score "
      "near 0.8, eight in ten should be true. Dots below the dashed line are over-confident.";
  figure.description = fmt::format("Share of true cells against the mean score in tenths, by scale ({}).",
                                   join_words(scores.sets));
  const Json x = quantitative("score", "Mean score", {{"domain", {0, 1}}});
  const Json y = quantitative("share", "Share that is true", {{"domain", {0, 1}}});
  const Json color = nominal("set", scores.sets);
  const Json diagonal = {
      {"transform", only("line")},
      {"mark", {{"type", "line"}, {"strokeDash", {4, 3}}, {"strokeWidth", 1}, {"opacity", 1}}},
      {"encoding", {{"x", x}, {"y", y}, {"color", {{"value", "gray"}}}}}};
  const Json curve = {{"transform", only("bin")},
                      {"mark", {{"type", "line"}, {"strokeWidth", 1.5}}},
                      {"encoding", {{"x", x}, {"y", y}, {"color", color}}}};
  const Json dots = {
      {"transform", only("bin")},
      {"mark", {{"type", "point"}, {"size", 60}, {"opacity", 1}}},
      {"encoding",
       {{"x", x},
        {"y", y},
        {"color", color},
        {"shape", color},
        {"tooltip",
         tooltip(
             {{"set", "Scale"}, {"cells", "Cells"}, {"score", "Mean score"}, {"share", "Share that is true"}},
             {"score", "share"})}}}};
  figure.specification = faceted(figure.description, values, {panels.size(), 0, scores.sets},
                                 {{"height", 280}, {"layer", {diagonal, curve, dots}}});
  figure.data = std::move(table);
  return figure;
}

Table error_table(const Scores& scores) {
  Table table{
      .caption =
          "How far scores are from shares, all cells pooled (0 is best). The Brier score also falls where "
          "scores tell songs apart.",
      .columns = {{"Scale"},
                  {"Architecture"},
                  {"Initial weights"},
                  {"Expected calibration error", true},
                  {"Brier score", true}},
      .rows = {}};
  for (const Score& score : scores.rows) {
    if (score.genre != evaluation::kAllCells || score.metric != "brier") continue;
    table.rows.push_back({score.set, score.architecture, score.start,
                          fixed(scores.find(score.set, score.architecture, score.start, score.genre,
                                            "expected_calibration_error")),
                          fixed(score.value)});
  }
  return table;
}

}  // namespace

Html make_calibration_section(const RunFiles& files, const Scores& scores, int& figures) {
  const std::vector<TitledNetwork> networks = networks_shown(files);
  const Table errors = error_table(scores);
  if (networks.empty() && errors.rows.empty()) return {};
  Html content;
  if (!networks.empty()) content += to_html(make_reliability_figure(networks, scores), ++figures);
  if (!errors.rows.empty()) content += to_html(errors);
  return element("section", {{"aria-labelledby", "calibration"}},
                 element("h2", {{"id", "calibration"}}, text("Calibration")) + content);
}

}  // namespace gamut::report
