#include "gamut/models/resnet.h"

#include <string>

#include "gamut/models/batch_norm.h"
#include "gamut/models/blank_layers.h"

namespace gamut::models {
namespace {

constexpr int kBottleneckExpansion = 4;

torch::nn::Conv2d make_conv(int in, int out, int size, int stride) {
  return make_blank_conv(
      torch::nn::Conv2dOptions(in, out, size).stride(stride).padding(size / 2).bias(false));
}

// The shortcut where a block changes the shape of what passes through it.
torch::nn::Sequential make_downsample(int in, int out, int stride) {
  return torch::nn::Sequential(make_conv(in, out, 1, stride), BatchNorm(out));
}

class BasicBlockImpl : public torch::nn::Module {
 public:
  BasicBlockImpl(int in, int channels, int stride)
      : conv1_(register_module("conv1", make_conv(in, channels, 3, stride))),
        bn1_(register_module("bn1", BatchNorm(channels))),
        conv2_(register_module("conv2", make_conv(channels, channels, 3, 1))),
        bn2_(register_module("bn2", BatchNorm(channels))) {
    if (stride != 1 || in != channels) {
      downsample_ = register_module("downsample", make_downsample(in, channels, stride));
    }
  }

  torch::Tensor forward(const torch::Tensor& x) {
    torch::Tensor y = bn1_(conv1_(x)).relu_();
    y = bn2_(conv2_(y));
    return y.add_(downsample_ ? downsample_->forward(x) : x).relu_();
  }

 private:
  torch::nn::Conv2d conv1_;
  BatchNorm bn1_;
  torch::nn::Conv2d conv2_;
  BatchNorm bn2_;
  torch::nn::Sequential downsample_{nullptr};
};
TORCH_MODULE(BasicBlock);

class BottleneckImpl : public torch::nn::Module {
 public:
  BottleneckImpl(int in, int channels, int stride)
      : conv1_(register_module("conv1", make_conv(in, channels, 1, 1))),
        bn1_(register_module("bn1", BatchNorm(channels))),
        conv2_(register_module("conv2", make_conv(channels, channels, 3, stride))),
        bn2_(register_module("bn2", BatchNorm(channels))),
        conv3_(register_module("conv3", make_conv(channels, channels * kBottleneckExpansion, 1, 1))),
        bn3_(register_module("bn3", BatchNorm(channels * kBottleneckExpansion))) {
    if (stride != 1 || in != channels * kBottleneckExpansion) {
      downsample_ =
          register_module("downsample", make_downsample(in, channels * kBottleneckExpansion, stride));
    }
  }

  torch::Tensor forward(const torch::Tensor& x) {
    torch::Tensor y = bn1_(conv1_(x)).relu_();
    y = bn2_(conv2_(y)).relu_();
    y = bn3_(conv3_(y));
    return y.add_(downsample_ ? downsample_->forward(x) : x).relu_();
  }

 private:
  torch::nn::Conv2d conv1_;
  BatchNorm bn1_;
  torch::nn::Conv2d conv2_;
  BatchNorm bn2_;
  torch::nn::Conv2d conv3_;
  BatchNorm bn3_;
  torch::nn::Sequential downsample_{nullptr};
};
TORCH_MODULE(Bottleneck);

torch::nn::Sequential make_layer(Block block, int n_blocks, int& in, int channels, int stride) {
  torch::nn::Sequential layer;
  for (int i = 0; i < n_blocks; ++i) {
    if (block == Block::basic) {
      layer->push_back(BasicBlock(in, channels, i == 0 ? stride : 1));
      in = channels;
    } else {
      layer->push_back(Bottleneck(in, channels, i == 0 ? stride : 1));
      in = channels * kBottleneckExpansion;
    }
  }
  return layer;
}

}  // namespace

NetworkParts make_resnet(const Architecture& architecture, int outputs, int planes) {
  int channels = 64;  // out of the newest layer
  const torch::nn::Conv2d conv1 = make_conv(3 * planes, channels, 7, 2);
  const BatchNorm bn1(channels);
  NetworkParts parts;
  parts.children = {{"conv1", conv1.ptr()}, {"bn1", bn1.ptr()}};
  parts.stages = {torch::nn::Sequential(
      conv1, bn1, torch::nn::ReLU(torch::nn::ReLUOptions(/*inplace=*/true)),
      torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(/*kernel_size=*/3).stride(2).padding(1)))};
  for (int i = 0; i < 4; ++i) {
    const int n_blocks = architecture.depths.at(static_cast<std::size_t>(i));
    parts.stages.push_back(make_layer(architecture.block, n_blocks, channels, 64 << i, i == 0 ? 1 : 2));
    parts.children.emplace_back("layer" + std::to_string(i + 1), parts.stages.back().ptr());
  }
  parts.neck = torch::nn::Sequential(
      torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({1, 1})), torch::nn::Flatten());
  parts.last_layer = make_blank_linear(channels, outputs);
  parts.children.emplace_back("fc", parts.last_layer.ptr());
  return parts;
}

}  // namespace gamut::models
