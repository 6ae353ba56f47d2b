#include <fmt/format.h>

#include "gamut/evaluation/pairing.h"
#include "gamut/report/html_table.h"
#include "gamut/report/scores.h"
#include "gamut/report/sections.h"
#include "gamut/statistics/holm.h"

namespace gamut::report {
namespace {

/// Whether two networks differ in their scale alone.
bool differ_in_scale(const NetworkPredictions& a, const NetworkPredictions& b) {
  return a.scale != b.scale && a.reduce == b.reduce && a.strategy == b.strategy &&
         a.architecture == b.architecture && a.initialisation == b.initialisation && a.fold == b.fold &&
         a.repeat == b.repeat;
}

struct SongTest {
  std::string networks, scales;
  evaluation::McNemar test;
};

/// Every genre of every two networks that differ in their scale alone.
std::vector<SongTest> song_tests(const std::vector<NetworkPredictions>& predictions) {
  std::vector<SongTest> tests;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    for (std::size_t j = i + 1; j < predictions.size(); ++j) {
      const NetworkPredictions& a = predictions[i];
      const NetworkPredictions& b = predictions[j];
      if (!differ_in_scale(a, b)) continue;
      const std::string networks =
          fmt::format("{}, {}, {}, {}, repeat {}", a.architecture, initialisation_title(a.initialisation),
                      a.strategy, a.reduce, a.repeat);
      for (const evaluation::McNemar& test : evaluation::mcnemar(a.test, b.test))
        tests.push_back({networks, fmt::format("{} and {}", a.scale, b.scale), test});
    }
  }
  return tests;
}

}  // namespace

Html make_mcnemar_section(const RunFiles& files) {
  const std::vector<SongTest> tests = song_tests(files.predictions);
  if (tests.empty()) return {};
  std::vector<std::optional<double>> family;
  for (const SongTest& test : tests) family.emplace_back(test.test.p);
  const std::vector<std::optional<double>> adjusted = statistics::holm(family);
  Table table{.caption = "",
              .columns = {{"Genre"},
                          {"Scales"},
                          {"Networks"},
                          {"First alone right", true},
                          {"Second alone right", true},
                          {"p", true},
                          {"p, Holm", true}},
              .rows = {}};
  std::size_t n_shown = 0;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const evaluation::McNemar& test = tests[i].test;
    if (*adjusted[i] < 0.05) ++n_shown;
    table.rows.push_back({test.genre, tests[i].scales, tests[i].networks,
                          fmt::format("{:.0f}", test.first_right), fmt::format("{:.0f}", test.second_right),
                          p_value(test.p), p_value(*adjusted[i])});
  }
  const std::string summary = fmt::format(
      "McNemar\u2019s test asks, for each genre, whether one scale is right on more songs where the other is "
      "wrong, decided at 0.5: {} of {} tests show a difference at the 5 % level, adjusted by Holm. It takes "
      "songs as independent, which those of an album are not, so that its p values are too small where "
      "albums are large.",
      n_shown, tests.size());
  return element(
      "section", {{"aria-labelledby", "songs"}},
      element("h2", {{"id", "songs"}}, text("Song by song")) + element("p", summary) +
          element("details",
                  element("summary", "The songs on which two scales disagree, as a table") + to_html(table)));
}

}  // namespace gamut::report
