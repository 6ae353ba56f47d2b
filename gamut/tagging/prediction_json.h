#pragma once

#include "gamut/tagging/model.h"

namespace gamut::tagging {

/// A prediction as programs read it: `outcome`, `reason` where there is one, `duration_s`, `genres` (those
/// given, best first), `scores` and `probabilities` by genre, best first, and `timeline` where there is one:
/// `start_s`, `length_s` and `scores` of each window.
/// @param top  the scores shown, at least 1.
Json to_json(const Prediction& prediction, std::size_t top);

/// A prediction's genres, best first.
std::vector<GenreScore> best_first(const Prediction& prediction);

/// What a model is, as `gamut model info` and the server say it: its card without file names.
Json describe_model(const ModelCard& card);

}  // namespace gamut::tagging
