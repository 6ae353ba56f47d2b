#pragma once

#include <torch/torch.h>

#include <string>

namespace gamut::models {

/// @param word  "auto" (a GPU where Torch can use one), "cpu" or "cuda".
/// @throws ParameterError  another word, or "cuda" where Torch can use no GPU.
torch::Device find_device(const std::string& word);

/// Gives the calling thread's Torch operations `threads` threads; other threads of the process keep theirs,
/// so that networks can be trained side by side, each in its own thread. Note [Torch threads].
/// @throws ParameterError  fewer than 1.
void use_threads(int threads);

}  // namespace gamut::models
