#include <fmt/format.h>

#include <cmath>

#include "gamut/core/text.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

constexpr double kSignificance = 0.05;

const Json* present(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// The outcome as a headline. It says which value is higher, not which is better: a log loss is better low.
std::string finding(const Json& comparison) {
  const auto first = comparison.at("first").get<std::string>();
  const auto second = comparison.at("second").get<std::string>();
  const std::string metric = metric_title(comparison.at("metric").get<std::string>());
  const Json* test = present(comparison, "t_test");
  if (test == nullptr) return fmt::format("No test between {} and {} on {}", first, second, metric);
  if (!(test->at("p").get<double>() < kSignificance)) {
    return fmt::format("No difference between {} and {} was shown on {}", first, second, metric);
  }
  const double difference = test->at("mean_difference").get<double>();
  return fmt::format("{} was higher with {}: by {} on average over {} {}s", metric,
                     difference > 0 ? first : second, fixed(std::abs(difference)), test->at("n").get<int>(),
                     comparison.value("pair_by", "pair"));
}

Html fact(std::string_view name, const std::string& value) {
  return element("div", element("dt", name) + element("dd", value));
}

Html facts(const Json& comparison) {
  const Json* test = present(comparison, "t_test");
  if (test == nullptr) return {};
  const auto number = [&](const char* key) { return test->at(key).get<double>(); };
  Html list =
      fact(fmt::format("mean difference, {} \u2212 {}", comparison.at("first").get<std::string>(),
                       comparison.at("second").get<std::string>()),
           fixed(number("mean_difference"))) +
      fact("95 % interval of it", fixed(number("low")) + " to " + fixed(number("high"))) +
      fact("p, paired t test, two-sided", p_value(number("p"))) +
      fact(fmt::format("t, {} degrees of freedom", test->at("df").get<int>()), fixed(number("t"), 2)) +
      fact("Cohen\u2019s d of the pairs", fixed(number("cohen_dz"), 2));
  if (const Json* normality = present(comparison, "normality")) {
    list += fact("p, Shapiro\u2013Wilk, of the differences", p_value(normality->at("p").get<double>()));
  }
  return element("dl", {{"class", "facts"}}, list);
}

Html one_comparison(const Json& comparison, bool titled) {
  Html content;
  const std::string title = comparison_title(comparison);
  if (titled && !title.empty()) content += element("h3", title);
  content += element("p", {{"class", "finding"}}, text(finding(comparison)));
  content += element("p", comparison.value("sentence", ""));
  if (const std::string note = comparison.value("note", ""); !note.empty()) content += element("p", note);
  return element("div", {{"class", "comparison"}}, content + facts(comparison));
}

std::string why_no_comparison(const Scores& scores) {
  if (scores.scales.size() == 2) {
    return fmt::format("The run holds no comparison of {}; the notes below may say why.",
                       join_words(scores.scales));
  }
  return fmt::format("The run has {} ({}), and a paired test needs exactly two.",
                     scores.scales.size() == 1 ? "one scale" : fmt::format("{} scales", scores.scales.size()),
                     join_words(scores.scales));
}

}  // namespace

Html make_verdict(const RunFiles& files, const Scores& scores) {
  const Json comparisons = files.summary.value("comparisons", Json::array());
  Html content = element("h2", {{"id", "verdict"}}, text("Verdict"));
  if (comparisons.empty()) {
    content += element("p", {{"class", "finding"}}, text("No comparison of scales")) +
               element("p", why_no_comparison(scores));
  }
  for (const Json& comparison : comparisons) content += one_comparison(comparison, comparisons.size() > 1);
  if (comparisons.size() > 1) {
    content += element("p", {{"class", "muted"}},
                       text(fmt::format("The p values of these {} tests are not corrected for their number.",
                                        comparisons.size())));
  }
  return element("section", {{"class", "verdict"}, {"aria-labelledby", "verdict"}}, content);
}

Html make_notes(const RunFiles& files) {
  Html items;
  for (const Json& note : files.summary.value("notes", Json::array()))
    items += element("li", note.get<std::string>());
  if (items.empty()) return {};
  return element("section", {{"class", "notes"}, {"aria-labelledby", "notes"}},
                 element("h2", {{"id", "notes"}}, text("Read this first")) + element("ul", items));
}

Html make_test_section(const RunFiles& files, int& figures) {
  std::vector<Json> plotted;
  Table pairs{.caption = "", .columns = {{"Pair"}, {"Comparison"}, {"Metric"}}, .rows = {}};
  for (const Json& comparison : files.summary.value("comparisons", Json::array())) {
    if (pairs.rows.empty()) {
      pairs.columns.push_back({comparison.at("first").get<std::string>(), true});
      pairs.columns.push_back({comparison.at("second").get<std::string>(), true});
      pairs.columns.push_back({"Difference", true});
    }
    for (const Json& pair : comparison.at("pairs")) {
      pairs.rows.push_back({pair.at("name").get<std::string>(), comparison_title(comparison),
                            metric_title(comparison.at("metric").get<std::string>()),
                            fixed(pair.at("first").get<double>()), fixed(pair.at("second").get<double>()),
                            fixed(pair.at("difference").get<double>())});
    }
    if (present(comparison, "qq") != nullptr) plotted.push_back(comparison);
  }
  if (pairs.rows.empty()) return {};
  Html content = element("h2", {{"id", "test"}}, text("The paired test"));
  content += plotted.empty()
                 ? element("p", "There are too few pairs, or too equal ones, for a Q\u2013Q plot.")
                 : to_html(make_qq_figure(plotted), ++figures);
  content += element("details", element("summary", "The pairs as a table") + to_html(pairs));
  return element("section", {{"aria-labelledby", "test"}}, content);
}

}  // namespace gamut::report
