#pragma once

#include <functional>
#include <optional>
#include <span>

#include "gamut/tagging/model.h"
#include "gamut/tagging/sources.h"

namespace gamut::tagging {

struct PredictFilesOptions {
  int jobs = 1;  ///< songs decoded and scored side by side
  Decision decision = Decision::tuned;
  std::optional<features::TimelineOptions> timeline = {};
  double max_duration_s = 3 * 3600;  ///< longer songs fail
};

/// Predicts recordings, and hands each prediction on in their order as soon as all before it are there.
///
/// Every job takes some songs, decodes them, and scores their pictures in common batches, so that one job
/// decodes while another computes; memory does not grow with the number of recordings.
///
/// @param sink  called on one thread at a time. Recordings that cannot be read are failed predictions.
/// @throws Interrupted  on SIGINT, between two batches.
void predict_files(const Model& model, std::span<const Source> sources, const PredictFilesOptions& options,
                   const std::function<void(const Source&, const Prediction&)>& sink);

}  // namespace gamut::tagging
