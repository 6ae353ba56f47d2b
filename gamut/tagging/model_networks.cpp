#include "gamut/tagging/model_networks.h"

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/spectra/colour_map.h"

namespace gamut::tagging {

using spectra::FrontEndOptions;

namespace {

/// "hop_length 256, not 512": what keeps features from being those of a model.
std::string differences(const FrontEndOptions& wanted, const FrontEndOptions& given) {
  const Json right = to_json(canonical_options(wanted));
  const Json wrong = to_json(canonical_options(given));
  std::vector<std::string> lines;
  for (const auto& [key, value] : right.items()) {
    if (wrong[key] != value) lines.push_back(key + " " + dump_json(wrong[key]) + ", not " + dump_json(value));
  }
  return join(lines, "; ");
}

}  // namespace

models::PictureView picture_view(const ModelCard& card, std::span<const std::uint8_t> pixels) {
  return {.pixels = pixels,
          .planes = signal_count(card.front_end.channels),
          .height = card.front_end.picture_height,
          .width = card.front_end.picture_width,
          .colours = spectra::colours(spectra::parse_colour_map(card.colour_map))};
}

GenreScore judge(const GenreCard& genre, double score, Decision decision) {
  GenreScore judged{genre.name, score, evaluation::correct_prior(score, genre.prior), 0.5, false};
  if (decision == Decision::tuned) judged.threshold = genre.threshold.value;
  judged.given = (decision == Decision::corrected ? judged.probability : score) > judged.threshold;
  return judged;
}

void require_front_end(const ModelCard& card, const FrontEndOptions& given) {
  if (canonical_options(given) == canonical_options(card.front_end)) return;
  throw ParameterError("these features are not what the model has learned from: " +
                       differences(card.front_end, given));
}

}  // namespace gamut::tagging
