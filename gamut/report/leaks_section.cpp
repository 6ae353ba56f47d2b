#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/sections.h"
#include "gamut/report/strip_figure.h"

namespace gamut::report {
namespace {

std::string split_title(const std::string& group_by) {
  return group_by == "none" ? "split song by song" : "split by " + group_by;
}

/// The networks of one run.
void add_run(Strip& strip, Table& table, const Scores& scores, const std::string& run,
             const std::string& group_by) {
  strip.rows.push_back(split_title(group_by));
  for (const Score& score : scores.rows) {
    if (score.genre != evaluation::kMacro || score.metric != "f1" || !score.value) continue;
    const std::string name = score.architecture + ", " + score.start;
    strip.dots.push_back({"", split_title(group_by), score.set, name, *score.value, score.low, score.high});
    table.rows.push_back({run, split_title(group_by), score.set, name, fixed(score.value),
                          score.low ? fixed(score.low) : "\u2013",
                          score.high ? fixed(score.high) : "\u2013"});
  }
}

}  // namespace

Html make_leaks_section(const RunFiles& files, const Scores& scores, int& figures) {
  std::vector<const SiblingRun*> others;
  for (const SiblingRun& sibling : files.siblings) {
    if (files.group_by == "none" || sibling.group_by == "none") others.push_back(&sibling);
  }
  if (others.empty()) return {};
  Strip strip{.dots = {}, .rows = {}, .sets = scores.sets, .value_title = "F1, mean over genres"};
  Table table{.caption = "",
              .columns = {{"Run"},
                          {"Split"},
                          {"Scale"},
                          {"Networks"},
                          {"F1, mean", true},
                          {"95 % from", true},
                          {"to", true}},
              .rows = {}};
  add_run(strip, table, scores, files.summary.at("name").get<std::string>(), files.group_by);
  for (const SiblingRun* other : others)
    add_run(strip, table, select_scores(other->results, "0.5"), other->name, other->group_by);
  Figure figure;
  figure.title = "Score with and without leaks";
  figure.explanation =
      "The same experiment with songs split one by one, as in the paper, and with albums or artists kept "
      "together. What "
      "the first has more, networks may owe to albums that they know from training.";
  figure.description = "Mean F1 over genres of every network, by how the songs were split.";
  figure.specification = make_strip(strip, figure.description);
  figure.data = std::move(table);
  return element("section", {{"aria-labelledby", "leaks"}},
                 element("h2", {{"id", "leaks"}}, text("What leaks are worth")) + to_html(figure, ++figures));
}

}  // namespace gamut::report
