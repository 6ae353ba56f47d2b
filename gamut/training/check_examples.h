#pragma once

#include <cstddef>
#include <span>

#include "gamut/training/trainer.h"

namespace gamut::training {

/// @param rows  of the picture set.
/// @throws ParameterError  rows or labels out of range, or targets of another number of outputs.
/// @throws ModelError      an output with training examples of one class, or no validation examples.
void check_examples(const Examples& train, const Examples& validation,
                    std::span<const std::size_t> score_rows, int outputs, std::size_t rows);

}  // namespace gamut::training
