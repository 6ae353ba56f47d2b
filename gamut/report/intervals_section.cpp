#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/bootstrap.h"
#include "gamut/report/sections.h"
#include "gamut/report/strip_figure.h"

namespace gamut::report {

Html make_intervals_figure(const RunFiles& files, const Scores& scores, int& figures) {
  const std::string& architecture = scores.architectures.front();
  Strip strip{.dots = {},
              .rows = genres_by_size(files.summary),
              .sets = scores.sets,
              .value_title = metric_title("f1")};
  Table table{
      .caption = "",
      .columns = {{"Genre"}, {"Initial weights"}, {"Scale"}, {"F1", true}, {"95 % from", true}, {"to", true}},
      .rows = {}};
  for (const Score& score : scores.of_genres("f1")) {
    if (score.architecture != architecture || !score.value || !score.low) continue;
    strip.dots.push_back(
        {score.start, score.genre, score.set, architecture, *score.value, score.low, score.high});
    table.rows.push_back(
        {score.genre, score.start, score.set, fixed(score.value), fixed(score.low), fixed(score.high)});
  }
  if (strip.dots.empty()) return {};
  Figure figure;
  figure.title = fmt::format("How sure is F1 of each genre, {}", architecture);
  figure.explanation = fmt::format(
      "Bars are 95 % bootstrap intervals that draw whole albums (else artists, else songs) of the test part. "
      "They say how much a score depends on which albums happened to be tested; scales are compared on the "
      "same albums, so that overlapping bars may still differ. A genre is missing where songs with it, or "
      "songs without it, are of fewer than {} albums.",
      evaluation::kFewestGroups);
  figure.description = fmt::format("F1 of each genre with its 95 % interval for {}, by scale ({}).",
                                   architecture, join_words(scores.sets));
  figure.specification = make_strip(strip, figure.description);
  figure.data = std::move(table);
  return to_html(figure, ++figures);
}

}  // namespace gamut::report
