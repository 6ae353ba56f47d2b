#include "gamut/models/network.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "gamut/core/error.h"
#include "gamut/models/resnet.h"

namespace gamut::models {
namespace {

// Convolutions normal (Kaiming, fan out), batch norms 1 and 0 as they are made, the last layer uniform.
void initialise(NetworkImpl& network, std::uint64_t seed) {
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

void NetworkImpl::require_stages(int n_stages) const {
  if (n_stages >= 0 && n_stages <= this->n_stages()) return;
  throw ParameterError(architecture_.name + " has " + std::to_string(this->n_stages()) + " stages, not " +
                       std::to_string(n_stages) + "; take 0 to " + std::to_string(this->n_stages()));
}

Network make_network(const std::string& architecture, int outputs, std::uint64_t seed, int planes) {
  if (outputs < 1 || planes < 1) {
    throw ParameterError("a network needs at least 1 output and 1 plane, not " + std::to_string(outputs) +
                         " and " + std::to_string(planes));
  }
  const Architecture& found = find_architecture(architecture);
  Network network(found, make_resnet(found, outputs, planes));
  initialise(*network, seed);
  return network;
}

}  // namespace gamut::models
