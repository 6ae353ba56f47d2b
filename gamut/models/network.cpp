#include "gamut/models/network.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/models/batch_norm.h"
#include "gamut/models/resnet.h"
#include "gamut/models/vgg.h"

namespace gamut::models {
namespace {

// Batch norms are made with 1 and 0, as they should be.
void initialise(NetworkImpl& network, std::uint64_t seed) {
  const torch::NoGradGuard no_grad;
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const bool is_vgg = network.architecture().block == Block::plain;
  for (const auto& module : network.modules(/*include_self=*/false)) {
    if (auto* conv = module->as<torch::nn::Conv2d>()) {
      const double fan_out = static_cast<double>(conv->weight.numel() / conv->weight.size(1));
      conv->weight.normal_(0, std::sqrt(2 / fan_out), generator);
      if (conv->bias.defined()) conv->bias.zero_();
    } else if (auto* linear = module->as<torch::nn::Linear>(); linear != nullptr && is_vgg) {
      linear->weight.normal_(0, 0.01, generator);
      linear->bias.zero_();
    } else if (linear != nullptr) {
      const double bound = 1 / std::sqrt(static_cast<double>(linear->weight.size(1)));
      linear->weight.uniform_(-bound, bound, generator);
      linear->bias.uniform_(-bound, bound, generator);
    }
  }
}

}  // namespace

NetworkImpl::NetworkImpl(Architecture architecture, NetworkParts parts)
    : architecture_(std::move(architecture)), parts_(std::move(parts)) {
  for (const auto& [name, module] : parts_.children) register_module(name, module);
}

torch::Tensor NetworkImpl::compute_stages(int n_stages, const torch::Tensor& pictures) {
  require_stages(n_stages);
  torch::Tensor x = pictures;
  for (int i = 0; i < n_stages; ++i) x = parts_.stages[static_cast<std::size_t>(i)]->forward(x);
  return x;
}

torch::Tensor NetworkImpl::embed_from(int n_stages, torch::Tensor x) {
  require_stages(n_stages);
  for (std::size_t i = static_cast<std::size_t>(n_stages); i < parts_.stages.size(); ++i) {
    x = parts_.stages[i]->forward(x);
  }
  return parts_.neck->forward(x);
}

void NetworkImpl::freeze(int n_stages) {
  require_stages(n_stages);
  n_frozen_ = n_stages;
  for (int i = 0; i < this->n_stages(); ++i) {
    for (torch::Tensor& parameter : parts_.stages[static_cast<std::size_t>(i)]->parameters()) {
      parameter.set_requires_grad(i >= n_stages);
    }
  }
  train(is_training());
}

void NetworkImpl::seed_dropout(std::uint64_t seed) {
  if (parts_.dropout_generator.defined()) parts_.dropout_generator.set_current_seed(seed);
}

void NetworkImpl::use_channels_last() {
  for (const auto& module : modules(/*include_self=*/false)) {
    if (auto* convolution = module->as<torch::nn::Conv2d>()) {
      convolution->weight.set_data(convolution->weight.contiguous(torch::MemoryFormat::ChannelsLast));
    }
  }
}

void NetworkImpl::fold_batch_norm() {
  if (folded_) return;
  const torch::NoGradGuard no_grad;
  eval();
  for (const auto& module : modules()) {
    const auto children = module->children();
    for (std::size_t i = 1; i < children.size(); ++i) {
      auto* convolution = children[i - 1]->as<torch::nn::Conv2d>();
      auto* norm = children[i]->as<BatchNorm>();
      if (convolution != nullptr && norm != nullptr) norm->fold_into(*convolution);
    }
  }
  use_channels_last();
  folded_ = true;
}

void NetworkImpl::train(bool on) {
  if (on && folded_) {
    throw ParameterError("a network with folded batch norms cannot be trained; load it anew");
  }
  torch::nn::Module::train(on);
  for (int i = 0; i < n_frozen_; ++i) parts_.stages[static_cast<std::size_t>(i)]->eval();
}

void NetworkImpl::require_stages(int n_stages) const {
  if (n_stages >= 0 && n_stages <= this->n_stages()) return;
  throw ParameterError(architecture_.name + " has " + std::to_string(this->n_stages()) + " stages, not " +
                       std::to_string(n_stages) + "; take 0 to " + std::to_string(this->n_stages()));
}

Network make_blank_network(const std::string& architecture, int outputs, int planes) {
  if (outputs < 1 || planes < 1) {
    throw ParameterError("a network needs at least 1 output and 1 plane, not " + std::to_string(outputs) +
                         " and " + std::to_string(planes));
  }
  const Architecture& found = find_architecture(architecture);
  const auto make_parts = found.block == Block::plain ? make_vgg : make_resnet;
  return Network(found, make_parts(found, outputs, planes));
}

Network make_network(const std::string& architecture, int outputs, std::uint64_t seed, int planes) {
  Network network = make_blank_network(architecture, outputs, planes);
  initialise(*network, seed);
  network->seed_dropout(Random(seed, "dropout").next());
  return network;
}

}  // namespace gamut::models
