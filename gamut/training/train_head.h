#pragma once

#include <span>

#include "gamut/training/activations.h"
#include "gamut/training/trainer.h"

namespace gamut::training {

/// Trains the last layer alone, to convergence: logistic regression on embeddings, L-BFGS in double, the
/// strength of its L2 penalty chosen by the validation loss. The checkpoint has `fc.weight` and `fc.bias`
/// alone, for embeddings as they are.
///
/// @param embeddings  activations of one axis a picture; read piece by piece, never copied as a whole.
/// @param train, validation, score_rows  as for train_network(), of one output.
/// @return its history has one line a strength, from the strongest.
/// @throws ParameterError, ModelError  as train_network().
/// @source Nocedal & Wright, Numerical Optimization, 2006, 7.2 (L-BFGS), as LibTorch has it.
TrainedNetwork train_head(const Activations& embeddings, const Examples& train, const Examples& validation,
                          std::span<const std::size_t> score_rows, const NetworkOptions& network,
                          const TrainingOptions& options, const TrainingFiles& files);

}  // namespace gamut::training
