#pragma once

#include "gamut/training/options.h"

namespace gamut::training {

/// The learning rate of a step.
///
/// @param step   from 0; below `steps`.
/// @param steps  of all epochs together; at least 1.
double learning_rate_at(const TrainingOptions& options, int step, int steps);

}  // namespace gamut::training
