#include "gamut/report/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gamut/core/text.h"

namespace gamut::report {
namespace {

constexpr const char* kSchema = "https://vega.github.io/schema/vega-lite/v6.json";

/// An axis of named levels in our order: an explicit domain keeps levels out of Vega's expressions.
Json nominal(const std::string& field, const std::vector<std::string>& levels) {
  return {{"field", field}, {"type", "nominal"}, {"scale", {{"domain", levels}}}};
}

Json quantitative(const std::string& field, const std::string& title, const Json& scale) {
  return {{"field", field}, {"type", "quantitative"}, {"title", title}, {"scale", scale}};
}

Json tooltip(const std::vector<std::pair<std::string, std::string>>& fields) {
  Json channels = Json::array();
  for (const auto& [field, title] : fields) {
    Json channel = {{"field", field}, {"title", title}};
    if (field == "value" || field == "ordered" || field == "theoretical") {
      channel["type"] = "quantitative";
      channel["format"] = ".3f";
    } else {
      channel["type"] = "nominal";
    }
    channels.push_back(channel);
  }
  return channels;
}

/// What the page must know to fit a figure into its width.
struct Shape {
  std::size_t panels = 1;
  std::size_t boxes = 0;            ///< box plots side by side in one panel
  std::vector<std::string> legend;  ///< its entries
};

/// The frame that all figures share: panels beside each other, data inside.
Json faceted(const std::string& description, const Json& values, const Shape& shape, Json spec) {
  spec["width"] = 300;
  return {{"$schema", kSchema},
          {"description", description},
          {"usermeta", {{"panels", shape.panels}, {"boxes", shape.boxes}, {"legend", shape.legend}}},
          {"data", {{"values", values}}},
          {"facet", {{"field", "panel"}, {"type", "nominal"}, {"sort", nullptr}}},
          {"columns", shape.panels},
          {"spec", std::move(spec)}};
}

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

/// The pairs of a comparison by their difference, which is the order of the plot.
std::vector<Json> ordered_pairs(const Json& comparison) {
  auto pairs = comparison.at("pairs").get<std::vector<Json>>();
  std::stable_sort(pairs.begin(), pairs.end(), [](const Json& a, const Json& b) {
    return a.at("difference").get<double>() < b.at("difference").get<double>();
  });
  return pairs;
}

/// A transform that keeps the rows of one kind.
Json only(const std::string& kind) {
  return Json::array({{{"filter", {{"field", "kind"}, {"equal", kind}}}}});
}

Json qq_line_end(const std::string& panel, const Json& qq, double theoretical) {
  return {{"panel", panel},
          {"kind", "line"},
          {"theoretical", theoretical},
          {"ordered", qq.at("intercept").get<double>() + qq.at("slope").get<double>() * theoretical}};
}

}  // namespace

Figure make_box_figure(const Scores& scores, std::string_view metric) {
  const std::vector<Score> rows = scores.of_genres(metric);
  const std::string title = metric_title(metric);
  Figure figure;
  figure.title = title + " by architecture and scale";
  figure.explanation =
      "One dot a genre. A box spans the middle half of the genres, its line is the median, and the whiskers "
      "end at the "
      "last genre within 1.5 box lengths." +
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
         tooltip(
             {{"genre", "Genre"}, {"architecture", "Architecture"}, {"set", "Scale"}, {"value", title}})}}}};
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
  const Json dots = {{"mark", {{"type", "point"}, {"size", 90}, {"opacity", 1}}},
                     {"encoding",
                      {{"x", quantitative("value", title, {{"domain", {0, 1}}})},
                       {"color", set},
                       {"shape", set},
                       {"tooltip", tooltip({{"genre", "Genre"}, {"set", "Scale"}, {"value", title}})}}}};
  figure.specification =
      faceted(figure.description, score_values(rows), {scores.starts.size(), 0, scores.sets},
              {{"height", {{"step", 24}}}, {"encoding", {{"y", y}}}, {"layer", {between, dots}}});
  figure.data = score_table(rows, metric);
  return figure;
}

std::string comparison_title(const Json& comparison) {
  std::vector<std::string> parts;
  if (const std::string strategy = comparison.value("strategy", ""); !strategy.empty())
    parts.push_back(strategy);
  if (const std::string start = comparison.value("initialisation", ""); !start.empty()) {
    parts.push_back(initialisation_title(start));
  }
  if (const std::string reduce = comparison.value("reduce", ""); !reduce.empty())
    parts.push_back("reduce " + reduce);
  return join(parts, ", ");
}

Figure make_qq_figure(const std::vector<Json>& comparisons) {
  const Json& front = comparisons.front();
  std::set<std::string> metrics;
  for (const Json& comparison : comparisons) metrics.insert(comparison.at("metric").get<std::string>());
  const std::string difference = fmt::format("{} \u2212 {}", front.at("first").get<std::string>(),
                                             front.at("second").get<std::string>());
  const std::string quantity = metrics.size() > 1 ? "Difference" : metric_title(*metrics.begin());

  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Pair"}, {"Comparison"}, {"Normal quantile", true}, {"Difference", true}},
              .rows = {}};
  for (const Json& comparison : comparisons) {
    std::string panel = comparison_title(comparison);
    if (metrics.size() > 1 || panel.empty()) {
      panel = metric_title(comparison.at("metric").get<std::string>()) + (panel.empty() ? "" : ", " + panel);
    }
    const Json& qq = comparison.at("qq");
    const auto theoretical = qq.at("theoretical").get<std::vector<double>>();
    const auto ordered = qq.at("ordered").get<std::vector<double>>();
    const std::vector<Json> pairs = ordered_pairs(comparison);
    for (std::size_t i = 0; i < ordered.size(); ++i) {
      const auto name = pairs.at(i).at("name").get<std::string>();
      values.push_back({{"panel", panel},
                        {"kind", "pair"},
                        {"pair", name},
                        {"theoretical", theoretical.at(i)},
                        {"ordered", ordered.at(i)}});
      table.rows.push_back({name, panel, fixed(theoretical.at(i)), fixed(ordered.at(i), 4)});
    }
    if (theoretical.empty()) continue;
    values.push_back(qq_line_end(panel, qq, theoretical.front()));
    values.push_back(qq_line_end(panel, qq, theoretical.back()));
  }

  Figure figure;
  figure.title = "Are the differences normally distributed?";
  figure.explanation = fmt::format(
      "Q\u2013Q plot. Each dot is a {}: its difference {} against what a normal distribution would give. The "
      "nearer to "
      "the line, the better the t test\u2019s assumption holds.",
      front.value("pair_by", "pair"), difference);
  figure.description =
      fmt::format("Normal quantile\u2013quantile plot of the paired differences {}.", difference);
  const Json zero_free = {{"zero", false}, {"nice", true}};
  const Json line = {{"transform", only("line")},
                     {"mark", {{"type", "line"}, {"strokeWidth", 1.5}, {"opacity", 0.7}}}};
  const Json dots = {
      {"transform", only("pair")},
      {"mark", {{"type", "point"}, {"size", 60}, {"opacity", 1}}},
      {"encoding",
       {{"tooltip",
         tooltip({{"pair", "Pair"}, {"ordered", "Difference"}, {"theoretical", "Normal quantile"}})}}}};
  figure.specification =
      faceted(figure.description, values, {comparisons.size(), 0, {}},
              {{"height", 280},
               {"encoding",
                {{"x", quantitative("theoretical", "Normal quantiles", zero_free)},
                 {"y", quantitative("ordered", fmt::format("{}, {}", quantity, difference), zero_free)},
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
