#include "gamut/report/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/vega.h"

namespace gamut::report {
namespace {

Json score_values(const std::vector<Score>& scores) {
  Json values = Json::array();
  for (const Score& score : scores) {
    if (!score.value) continue;
    values.push_back({{"panel", score.start},
                      {"architecture", score.architecture},
                      {"set", score.set},
                      {"genre", score.genre},
                      {"value", *score.value}});
  }
  return values;
}

Table score_table(const std::vector<Score>& scores, std::string_view metric) {
  Table table{
      .caption = "",
      .columns = {{"Genre"}, {"Initial weights"}, {"Architecture"}, {"Scale"}, {metric_title(metric), true}},
      .rows = {}};
  for (const Score& score : scores) {
    table.rows.push_back({score.genre, score.start, score.architecture, score.set, fixed(score.value)});
  }
  return table;
}

/// The tenths around all values, at least two of them, within [0, 1]: the same rule for one genre and for
/// sixteen.
Json tenths_around(const std::vector<Score>& scores) {
  int low = 10, high = 0;
  for (const Score& score : scores) {
    if (!score.value) continue;
    low = std::min(low, static_cast<int>(std::floor(*score.value * 10)));
    high = std::max(high, static_cast<int>(std::ceil(*score.value * 10)));
  }
  if (high - low < 2) {
    low = std::max(0, low - 1);
    high = std::min(10, high + 1);
  }
  return low < high ? Json::array({low / 10.0, high / 10.0}) : Json::array({0, 1});
}

std::string undefined_remark(const std::vector<Score>& scores) {
  const auto undefined =
      std::count_if(scores.begin(), scores.end(), [](const Score& score) { return !score.value; });
  if (undefined == 0) return "";
  return fmt::format(" Not drawn because undefined: {} of {}.", undefined, scores.size());
}

/// A pair and its difference, first - second.
struct PairDifference {
  std::string name;
  double difference;
};

/// The pairs of a comparison by their difference, which is the order of the plot.
std::vector<PairDifference> ordered_pairs(const statistics::Comparison& comparison) {
  std::vector<PairDifference> pairs;
  for (std::size_t i = 0; i < comparison.pairs.size(); ++i)
    pairs.push_back({comparison.pairs[i], comparison.first_values[i] - comparison.second_values[i]});
  std::stable_sort(pairs.begin(), pairs.end(), [](const PairDifference& a, const PairDifference& b) {
    return a.difference < b.difference;
  });
  return pairs;
}

Json qq_line_end(const std::string& panel, const statistics::QqPlot& qq, double theoretical) {
  return {{"panel", panel},
          {"kind", "line"},
          {"theoretical", theoretical},
          {"ordered", qq.intercept + qq.slope * theoretical}};
}

}  // namespace

Figure make_box_figure(const Scores& scores, std::string_view metric) {
  const std::vector<Score> rows = scores.of_genres(metric);
  const std::string title = metric_title(metric);
  Figure figure;
  figure.title = title + " by architecture and scale";
  figure.explanation =
      "One dot a genre. A box spans the middle half of the genres, its line is the median, and the whiskers "
      "end at the last genre within 1.5 box lengths." +
      undefined_remark(rows);
  figure.description =
      fmt::format("Box plots over genres of {} on the test songs, by architecture ({}) and scale ({}).",
                  title, join_words(scores.architectures), join_words(scores.sets));
  Json offset = nominal("set", scores.sets);
  Json x = nominal("architecture", scores.architectures);
  x["title"] = nullptr;
  x["axis"] = {{"labelAngle", 0}};
  Json y = quantitative("value", title, {{"domain", tenths_around(rows)}});
  const Json box = {{"mark", {{"type", "boxplot"}, {"extent", 1.5}, {"outliers", false}}}};
  const Json dots = {
      {"mark", {{"type", "point"}, {"size", 16}, {"opacity", 0.9}}},
      {"encoding",
       {{"tooltip",
         tooltip({{"genre", "Genre"}, {"architecture", "Architecture"}, {"set", "Scale"}, {"value", title}},
                 {"value"})}}}};
  figure.specification = faceted(
      figure.description, score_values(rows),
      {scores.starts.size(), scores.architectures.size() * scores.sets.size(), scores.sets},
      {{"height", 280},
       {"encoding", {{"x", x}, {"xOffset", offset}, {"y", y}, {"color", nominal("set", scores.sets)}}},
       {"layer", {box, dots}}});
  figure.data = score_table(rows, metric);
  return figure;
}

Figure make_genre_figure(const Scores& scores, std::string_view metric, std::string_view architecture,
                         const std::vector<std::string>& genres) {
  std::vector<Score> rows = scores.of_genres(metric);
  std::erase_if(rows, [&](const Score& score) { return score.architecture != architecture; });
  const std::string title = metric_title(metric);
  Figure figure;
  figure.title = fmt::format("{} by genre, {}", title, architecture);
  figure.explanation = "Genres from the one with the most songs down." + undefined_remark(rows);
  figure.description = fmt::format("{} of each genre on the test songs for {}, by scale ({}).", title,
                                   architecture, join_words(scores.sets));
  Json y = nominal("genre", genres);
  y["title"] = nullptr;
  const Json between = {{"mark", {{"type", "rule"}, {"strokeWidth", 1.5}, {"opacity", 0.6}}},
                        {"encoding",
                         {{"x", {{"aggregate", "min"}, {"field", "value"}, {"type", "quantitative"}}},
                          {"x2", {{"aggregate", "max"}, {"field", "value"}}}}}};
  const Json set = nominal("set", scores.sets);
  const Json dots = {
      {"mark", {{"type", "point"}, {"size", 90}, {"opacity", 1}}},
      {"encoding",
       {{"x", quantitative("value", title, {{"domain", {0, 1}}})},
        {"color", set},
        {"shape", set},
        {"tooltip", tooltip({{"genre", "Genre"}, {"set", "Scale"}, {"value", title}}, {"value"})}}}};
  figure.specification =
      faceted(figure.description, score_values(rows), {scores.starts.size(), 0, scores.sets},
              {{"height", {{"step", 24}}}, {"encoding", {{"y", y}}}, {"layer", {between, dots}}});
  figure.data = score_table(rows, metric);
  return figure;
}

Figure make_qq_figure(const std::vector<TitledComparison>& comparisons, std::string_view metric) {
  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Pair"}, {"Comparison"}, {"Normal quantile", true}, {"Difference", true}},
              .rows = {}};
  for (const auto& [panel, comparison] : comparisons) {
    const std::vector<PairDifference> pairs = ordered_pairs(*comparison);
    std::vector<double> differences;
    for (const PairDifference& pair : pairs) differences.push_back(pair.difference);
    const statistics::QqPlot qq = statistics::qq_normal(differences);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      values.push_back({{"panel", panel},
                        {"kind", "pair"},
                        {"pair", pairs[i].name},
                        {"theoretical", qq.theoretical[i]},
                        {"ordered", qq.ordered[i]}});
      table.rows.push_back({pairs[i].name, panel, fixed(qq.theoretical[i]), fixed(qq.ordered[i], 4)});
    }
    values.push_back(qq_line_end(panel, qq, qq.theoretical.front()));
    values.push_back(qq_line_end(panel, qq, qq.theoretical.back()));
  }
  const statistics::Comparison& front = *comparisons.front().comparison;

  Figure figure;
  figure.title = "Are the differences normally distributed?";
  figure.explanation = fmt::format(
      "Q\u2013Q plot. Each dot is a {}: its difference in {} against what a normal distribution would give. "
      "The nearer to the line, the better the t test\u2019s assumption holds.",
      front.pair_by, metric_title(metric));
  figure.description = fmt::format("Normal quantile\u2013quantile plot of the paired differences in {}.",
                                   metric_title(metric));
  const Json zero_free = {{"zero", false}, {"nice", true}};
  const Json line = {{"transform", only("line")},
                     {"mark", {{"type", "line"}, {"strokeWidth", 1.5}, {"opacity", 0.7}}}};
  const Json dots = {
      {"transform", only("pair")},
      {"mark", {{"type", "point"}, {"size", 60}, {"opacity", 1}}},
      {"encoding",
       {{"tooltip", tooltip({{"pair", "Pair"}, {"ordered", "Difference"}, {"theoretical", "Normal quantile"}},
                            {"ordered", "theoretical"})}}}};
  figure.specification =
      faceted(figure.description, values, {comparisons.size(), 0, {}},
              {{"height", 280},
               {"encoding",
                {{"x", quantitative("theoretical", "Normal quantiles", zero_free)},
                 {"y", quantitative("ordered", "Difference in " + metric_title(metric), zero_free)},
                 {"color", {{"datum", "differences"}, {"type", "nominal"}, {"legend", nullptr}}}}},
               {"layer", {line, dots}}});
  figure.data = std::move(table);
  return figure;
}

Html to_html(const Figure& figure, int number) {
  const Html caption =
      element("figcaption", element("b", fmt::format("Figure {}.", number)) + text(" " + figure.title) +
                                element("span", figure.explanation));
  const Html drawing =
      element("div", {{"class", "drawing"}, {"role", "img"}, {"aria-label", figure.description}},
              element("noscript", "The drawing needs JavaScript; its data follow."));
  const Html data = element(
      "details", element("summary", fmt::format("Figure {} as a table", number)) + to_html(figure.data));
  return element("figure", {{"class", "chart"}, {"id", fmt::format("figure-{}", number)}},
                 caption + drawing + json_script(dump_json(figure.specification)) + data);
}

}  // namespace gamut::report
