#pragma once

#include <torch/torch.h>

namespace gamut::models {

// Layers whose weights and biases have no values yet. LibTorch's constructors draw some, which takes longer
// than reading them from a file, and every network here draws its own or has a file.

/// @param options  of the layer wanted.
torch::nn::Conv2d make_blank_conv(torch::nn::Conv2dOptions options);

torch::nn::Linear make_blank_linear(int in, int out);

}  // namespace gamut::models
