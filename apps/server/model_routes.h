#pragma once

#include <memory>

#include "apps/server/decoder.h"
#include "apps/server/routes.h"
#include "gamut/tagging/model.h"

namespace gamut::server {

/// POST /v1/predict: the genres of a recording, as `gamut predict --json` says them.
///
/// @param decoder, model  outlive it.
/// @param jobs            recordings scored side by side, on one thread each; further ones wait.
Route predict_route(Decoder& decoder, const DecodeLimits& limits, const tagging::Model& model, int jobs);

/// GET /v1/model: what the model is, and the server's limits.
Route model_route(const tagging::ModelCard& card, const DecodeLimits& limits, const HttpOptions& options);

}  // namespace gamut::server
