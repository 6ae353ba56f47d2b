#pragma once

#include <cstdint>
#include <span>

#include "gamut/models/ensemble.h"
#include "gamut/models/picture_view.h"
#include "gamut/tagging/model.h"

namespace gamut::tagging {

/// What a model is inside, for its own sources: this header needs Torch.
struct Model::Networks {
  models::Ensemble ensemble;
};

/// Pictures of a model's front end, in its colours.
/// @param pixels  [pictures, planes, height, width]
models::PictureView picture_view(const ModelCard& card, std::span<const std::uint8_t> pixels);

/// A genre's part in the decision.
GenreScore judge(const GenreCard& genre, double score, Decision decision);

/// What keeps features from being those that the model has learned from is refused.
/// @throws ParameterError  the message lists what differs.
void require_front_end(const ModelCard& card, const spectra::FrontEndOptions& given);

}  // namespace gamut::tagging
