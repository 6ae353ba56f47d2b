#include "gamut/models/vgg.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "gamut/models/blank_layers.h"
#include "gamut/models/dropout.h"

namespace gamut::models {
namespace {

constexpr int kCells = 7;  // height and width of what the hidden layers see
constexpr int kHidden = 4096;

torch::nn::ReLU make_relu() {
  return torch::nn::ReLU(torch::nn::ReLUOptions(/*inplace=*/true));
}

}  // namespace

NetworkParts make_vgg(const Architecture& architecture, int outputs, int planes) {
  NetworkParts parts;
  parts.dropout_generator = at::make_generator<at::CPUGeneratorImpl>();

  torch::nn::Sequential features;
  int in = 3 * planes;
  int channels = 64;
  for (const int depth : architecture.depths) {
    torch::nn::Sequential stage;
    const auto add = [&](const auto& layer) {
      features->push_back(layer);
      stage->push_back(layer);
    };
    for (int i = 0; i < depth; ++i) {
      add(make_blank_conv(torch::nn::Conv2dOptions(in, channels, 3).padding(1)));
      add(make_relu());
      in = channels;
    }
    add(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(/*kernel_size=*/2).stride(2)));
    parts.stages.push_back(stage);
    channels = std::min(2 * channels, 512);
  }

  torch::nn::Sequential classifier;
  const auto add = [&](const auto& layer) {
    classifier->push_back(layer);
    parts.neck->push_back(layer);
  };
  parts.neck->push_back(torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({kCells, kCells})));
  parts.neck->push_back(torch::nn::Flatten());
  for (const int width : {in * kCells * kCells, kHidden}) {
    add(make_blank_linear(width, kHidden));
    add(make_relu());
    add(Dropout(parts.dropout_generator));
  }
  parts.last_layer = make_blank_linear(kHidden, outputs);
  classifier->push_back(parts.last_layer);
  parts.children = {{"features", features.ptr()}, {"classifier", classifier.ptr()}};
  return parts;
}

}  // namespace gamut::models
