#include "gamut/models/blank_layers.h"

namespace gamut::models {

torch::nn::Conv2d make_blank_conv(torch::nn::Conv2dOptions options) {
  const std::int64_t in = options.in_channels();
  const std::int64_t out = options.out_channels();
  torch::nn::Conv2d conv(options.in_channels(1).out_channels(1));
  conv->options.in_channels(in).out_channels(out);
  const auto size = *conv->options.kernel_size();
  conv->weight.set_data(torch::empty({out, in, size[0], size[1]}));
  if (conv->bias.defined()) conv->bias.set_data(torch::empty({out}));
  return conv;
}

torch::nn::Linear make_blank_linear(int in, int out) {
  torch::nn::Linear linear(1, 1);
  linear->options.in_features(in).out_features(out);
  linear->weight.set_data(torch::empty({out, in}));
  linear->bias.set_data(torch::empty({out}));
  return linear;
}

}  // namespace gamut::models
