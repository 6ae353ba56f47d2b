#include "gamut/models/resnet.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "gamut/core/error.h"

namespace gamut::models {
namespace {

constexpr int kBottleneckExpansion = 4;

torch::nn::Conv2d make_conv(int in, int out, int size, int stride) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(in, out, size).stride(stride).padding(size / 2).bias(false));
}

// The shortcut where a block changes the shape of what passes through it.
torch::nn::Sequential make_downsample(int in, int out, int stride) {
  return torch::nn::Sequential(make_conv(in, out, 1, stride), torch::nn::BatchNorm2d(out));
}

class BasicBlockImpl : public torch::nn::Module {
 public:
  BasicBlockImpl(int in, int channels, int stride)
      : conv1_(register_module("conv1", make_conv(in, channels, 3, stride))),
        bn1_(register_module("bn1", torch::nn::BatchNorm2d(channels))),
        conv2_(register_module("conv2", make_conv(channels, channels, 3, 1))),
        bn2_(register_module("bn2", torch::nn::BatchNorm2d(channels))) {
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
  torch::nn::BatchNorm2d bn1_;
  torch::nn::Conv2d conv2_;
  torch::nn::BatchNorm2d bn2_;
  torch::nn::Sequential downsample_{nullptr};
};
TORCH_MODULE(BasicBlock);

class BottleneckImpl : public torch::nn::Module {
 public:
  BottleneckImpl(int in, int channels, int stride)
      : conv1_(register_module("conv1", make_conv(in, channels, 1, 1))),
        bn1_(register_module("bn1", torch::nn::BatchNorm2d(channels))),
        conv2_(register_module("conv2", make_conv(channels, channels, 3, stride))),
        bn2_(register_module("bn2", torch::nn::BatchNorm2d(channels))),
        conv3_(register_module("conv3", make_conv(channels, channels * kBottleneckExpansion, 1, 1))),
        bn3_(register_module("bn3", torch::nn::BatchNorm2d(channels * kBottleneckExpansion))) {
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
  torch::nn::BatchNorm2d bn1_;
  torch::nn::Conv2d conv2_;
  torch::nn::BatchNorm2d bn2_;
  torch::nn::Conv2d conv3_;
  torch::nn::BatchNorm2d bn3_;
  torch::nn::Sequential downsample_{nullptr};
};
TORCH_MODULE(Bottleneck);

void initialise(ResNetImpl& network, std::uint64_t seed) {
  const torch::NoGradGuard no_grad;
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  for (const auto& module : network.modules(/*include_self=*/false)) {
    if (auto* conv = module->as<torch::nn::Conv2d>()) {
      const double fan_out = static_cast<double>(conv->weight.numel() / conv->weight.size(1));
      conv->weight.normal_(0, std::sqrt(2 / fan_out), generator);
    } else if (auto* linear = module->as<torch::nn::Linear>()) {
      const double bound = 1 / std::sqrt(static_cast<double>(linear->weight.size(1)));
      linear->weight.uniform_(-bound, bound, generator);
      linear->bias.uniform_(-bound, bound, generator);
    }
  }
}

}  // namespace

ResNetImpl::ResNetImpl(const Architecture& architecture, int outputs, int planes) {
  conv1_ = register_module(
      "conv1",
      torch::nn::Conv2d(torch::nn::Conv2dOptions(3 * planes, channels_, 7).stride(2).padding(3).bias(false)));
  bn1_ = register_module("bn1", torch::nn::BatchNorm2d(channels_));
  const auto& [block, depths] = std::tie(architecture.block, architecture.depths);
  layer1_ = register_module("layer1", make_layer(block, depths[0], 64, 1));
  layer2_ = register_module("layer2", make_layer(block, depths[1], 128, 2));
  layer3_ = register_module("layer3", make_layer(block, depths[2], 256, 2));
  layer4_ = register_module("layer4", make_layer(block, depths[3], 512, 2));
  fc_ = register_module("fc", torch::nn::Linear(channels_, outputs));
}

torch::nn::Sequential ResNetImpl::make_layer(Block block, int n_blocks, int channels, int stride) {
  torch::nn::Sequential layer;
  for (int i = 0; i < n_blocks; ++i) {
    if (block == Block::basic) {
      layer->push_back(BasicBlock(channels_, channels, i == 0 ? stride : 1));
      channels_ = channels;
    } else {
      layer->push_back(Bottleneck(channels_, channels, i == 0 ? stride : 1));
      channels_ = channels * kBottleneckExpansion;
    }
  }
  return layer;
}

torch::Tensor ResNetImpl::forward(torch::Tensor x) {
  x = bn1_(conv1_(x)).relu_();
  x = torch::max_pool2d(x, /*kernel_size=*/3, /*stride=*/2, /*padding=*/1);
  for (torch::nn::Sequential* layer : {&layer1_, &layer2_, &layer3_, &layer4_}) x = (*layer)->forward(x);
  return fc_(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
}

ResNet make_resnet(const std::string& architecture, int outputs, std::uint64_t seed, int planes) {
  if (outputs < 1 || planes < 1) {
    throw ParameterError("a network needs at least 1 output and 1 plane, not " + std::to_string(outputs) +
                         " and " + std::to_string(planes));
  }
  ResNet network(find_architecture(architecture), outputs, planes);
  initialise(*network, seed);
  return network;
}

}  // namespace gamut::models
