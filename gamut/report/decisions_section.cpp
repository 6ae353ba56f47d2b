#include <fmt/format.h>

#include <array>

#include "gamut/core/json.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/sections.h"
#include "gamut/report/strip_figure.h"

namespace gamut::report {
namespace {

constexpr std::array kShown = {"f1", "precision", "recall"};

std::string decision_title(std::string_view decision) {
  if (decision == "0.5") return "score > 0.5";
  if (decision == "tuned") return "tuned thresholds";
  return "corrected prior";
}

}  // namespace

Html make_decisions_section(const RunFiles& files, int& figures) {
  Strip strip{.dots = {}, .rows = {}, .sets = {}, .value_title = "Mean over genres"};
  Table table{.caption = "",
              .columns = {{"Scale"},
                          {"Architecture"},
                          {"Initial weights"},
                          {"Decision"},
                          {"Metric"},
                          {"Value", true},
                          {"95 % from", true},
                          {"to", true}},
              .rows = {}};
  for (const char* decision : {"0.5", "tuned", "corrected"}) {
    const Scores scores = select_scores(files.results, decision);
    if (scores.rows.empty()) continue;
    strip.rows.push_back(decision_title(decision));
    if (strip.sets.empty()) strip.sets = scores.sets;
    for (const Score& score : scores.rows) {
      if (score.genre != evaluation::kMacro || !score.value) continue;
      if (std::find(kShown.begin(), kShown.end(), score.metric) == kShown.end()) continue;
      strip.dots.push_back({metric_title(score.metric), decision_title(decision), score.set,
                            score.architecture + ", " + score.start, *score.value});
      table.rows.push_back({score.set, score.architecture, score.start, decision_title(decision),
                            metric_title(score.metric), fixed(score.value),
                            score.low ? fixed(score.low) : "\u2013",
                            score.high ? fixed(score.high) : "\u2013"});
    }
  }
  if (strip.rows.size() < 2) return {};
  Figure figure;
  figure.title = "What the threshold does";
  figure.explanation = "Each dot is the mean over genres of one architecture, trained one way.";
  figure.description =
      "F1, precision and recall, means over genres, for each way to turn scores into decisions.";
  figure.specification = make_strip(strip, figure.description);
  figure.data = std::move(table);
  return element("section", {{"aria-labelledby", "decisions"}},
                 element("h2", {{"id", "decisions"}}, text("Three ways to decide")) +
                     element("p",
                             "Networks that learn from as many songs with a genre as without expect it to be "
                             "common; in the test it "
                             "is not. At 0.5, the paper\u2019s rule, they give it too often, and precision "
                             "suffers. Tuned: a "
                             "threshold a genre, that of the highest F1 among validation songs. Corrected: "
                             "scores put right for "
                             "how common the genre is in training, then 0.5. Neither looks at test songs.") +
                     to_html(figure, ++figures));
}

}  // namespace gamut::report
