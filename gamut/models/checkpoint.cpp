#include "gamut/models/checkpoint.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/weights/safetensors.h"
#include "gamut/weights/tensor_file.h"

namespace gamut::models {
namespace {

using weights::DataType;
using weights::TensorData;
using weights::TensorFile;

/// How a file may differ from the network: not at all, or as another picture's and other classes' weights do.
enum class Fit { transfer, exact };

torch::ScalarType scalar_type(DataType type) {
  switch (type) {
    case DataType::float32:
      return torch::kFloat32;
    case DataType::float16:
      return torch::kFloat16;
    case DataType::bfloat16:
      return torch::kBFloat16;
    case DataType::int64:
      return torch::kInt64;
  }
  return torch::kFloat32;
}

/// The metadata of a network whose batch norms are part of its convolutions.
constexpr const char* kBatchNorm = "batch_norm";
constexpr const char* kFolded = "folded";

// What folding leaves: the convolutions, whose biases are no parameters of theirs, and the last layers.
std::map<std::string, torch::Tensor> named_folded_tensors(const NetworkImpl& network) {
  std::map<std::string, torch::Tensor> tensors;
  const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
    if (tensor.defined()) tensors.emplace(name, tensor);
  };
  for (const auto& item : network.named_modules("", /*include_self=*/false)) {
    if (const auto* convolution = item.value()->as<torch::nn::Conv2d>()) {
      add(item.key() + ".weight", convolution->weight);
      add(item.key() + ".bias", convolution->bias);
    } else if (const auto* linear = item.value()->as<torch::nn::Linear>()) {
      add(item.key() + ".weight", linear->weight);
      add(item.key() + ".bias", linear->bias);
    }
  }
  return tensors;
}

std::map<std::string, torch::Tensor> named_tensors(const NetworkImpl& network) {
  if (network.is_folded()) return named_folded_tensors(network);
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& item : network.named_parameters()) tensors.emplace(item.key(), item.value());
  for (const auto& item : network.named_buffers()) tensors.emplace(item.key(), item.value());
  return tensors;
}

std::string describe(const TensorData& tensor) {
  return fmt::format("{} [{}]", weights::to_string(tensor.type), fmt::join(tensor.shape, ", "));
}

std::string describe(const torch::Tensor& tensor) {
  return fmt::format("{} [{}]", tensor.is_floating_point() ? "float32" : "int64",
                     fmt::join(tensor.sizes().vec(), ", "));
}

bool fits(const torch::Tensor& target, const TensorData& source) {
  return target.sizes() == torch::IntArrayRef(source.shape) &&
         target.is_floating_point() == (source.type != DataType::int64);
}

void add_list(std::vector<std::string>& complaints, const std::string& what,
              const std::vector<std::string>& items) {
  if (!items.empty()) complaints.push_back(what + ": " + join(items, ", "));
}

// Whether a first convolution's target is of several planes and its source of one.
bool is_of_one_plane(const torch::Tensor& target, const TensorData& source) {
  if (source.shape.size() != 4 || source.shape[1] != 3) return false;
  std::vector<std::int64_t> shape = source.shape;
  shape[1] = target.size(1);
  return target.size(1) % 3 == 0 && target.sizes() == torch::IntArrayRef(shape) &&
         source.type != DataType::int64;
}

// The pairs to copy; nothing is copied before all of them are known to fit.
std::vector<std::pair<torch::Tensor, const TensorData*>> match(const NetworkImpl& network,
                                                               const TensorFile& file, Fit fit,
                                                               const std::filesystem::path& path) {
  const std::string first = network.architecture().first_layer + ".weight";
  const std::string head = network.architecture().last_layer + ".";
  std::vector<std::pair<torch::Tensor, const TensorData*>> pairs;
  std::vector<std::string> missing;
  std::vector<std::string> different;
  std::vector<std::string> left_over;
  const std::map<std::string, torch::Tensor> targets = named_tensors(network);
  bool keep_head = false;
  for (const auto& [name, target] : targets) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) {
      if (!name.ends_with("num_batches_tracked")) missing.push_back(name);
    } else if (fits(target, found->second)) {
      pairs.emplace_back(target, &found->second);
    } else if (fit == Fit::transfer && name == first && is_of_one_plane(target, found->second)) {
      pairs.emplace_back(target, &found->second);
    } else if (fit == Fit::transfer && name.starts_with(head)) {
      keep_head = true;
    } else {
      different.push_back(fmt::format("{} ({}, not {})", name, describe(found->second), describe(target)));
    }
  }
  for (const auto& [name, source] : file.tensors) {
    if (!targets.contains(name)) left_over.push_back(printable(name));
  }
  std::vector<std::string> complaints;
  add_list(complaints, "missing", missing);
  add_list(complaints, "of another shape or type", different);
  add_list(complaints, "left over", left_over);
  if (!complaints.empty()) {
    throw ModelError(
        fmt::format("{}: these weights are of another network; take the file of this architecture. {}",
                    printable(path.string()), join(complaints, "; ")),
        path);
  }
  if (keep_head) {
    std::erase_if(pairs, [&](const auto& pair) {
      return pair.first.is_same(targets.at(head + "weight")) || pair.first.is_same(targets.at(head + "bias"));
    });
  }
  return pairs;
}

void copy_tensors(NetworkImpl& network, const TensorFile& file, Fit fit, const std::filesystem::path& path) {
  const torch::NoGradGuard no_grad;
  for (auto& [target, source] : match(network, file, fit, path)) {
    // from_blob wants a pointer to change; the tensor is only read.
    void* bytes = const_cast<std::byte*>(source->bytes.data());
    const torch::Tensor values =
        torch::from_blob(bytes, source->shape, torch::TensorOptions(scalar_type(source->type)));
    const std::int64_t planes = target.sizes() == values.sizes() ? 1 : target.size(1) / values.size(1);
    target.copy_(planes == 1 ? values : values.to(torch::kFloat32).repeat({1, planes, 1, 1}) / planes);
  }
}

TensorData to_data(const torch::Tensor& tensor, DataType type) {
  if (!tensor.is_floating_point()) type = DataType::int64;
  const torch::Tensor dense = tensor.detach().cpu().to(scalar_type(type)).contiguous();
  if (type == DataType::float16 && !dense.isfinite().all().item<bool>()) {
    throw ModelError("a weight is too large for half precision (65504 at most); save in full precision");
  }
  TensorData data{
      .type = type, .shape = dense.sizes().vec(), .bytes = std::vector<std::byte>(dense.nbytes())};
  if (!data.bytes.empty()) std::memcpy(data.bytes.data(), dense.data_ptr(), data.bytes.size());
  return data;
}

}  // namespace

void load_weights(NetworkImpl& network, const std::filesystem::path& path) {
  copy_tensors(network, weights::load_tensors(path), Fit::transfer, path);
}

void save_checkpoint(const NetworkImpl& network, const std::filesystem::path& path,
                     std::map<std::string, std::string> metadata, DataType type) {
  if (type != DataType::float32 && type != DataType::float16) {
    throw ParameterError("a network is saved in float32 or float16, not in " +
                         std::string(weights::to_string(type)));
  }
  if (network.is_folded()) metadata.insert_or_assign(kBatchNorm, kFolded);
  TensorFile file{.tensors = {}, .metadata = std::move(metadata)};
  for (const auto& [name, tensor] : named_tensors(network)) file.tensors.emplace(name, to_data(tensor, type));
  weights::save_safetensors(path, file);
}

std::map<std::string, std::string> load_checkpoint_metadata(const std::filesystem::path& path) {
  return weights::load_safetensors_metadata(path);
}

Checkpoint load_checkpoint(const std::filesystem::path& path) {
  TensorFile file = weights::load_safetensors(path);
  const auto name = file.metadata.find("architecture");
  if (name == file.metadata.end()) {
    throw ModelError(printable(path.string()) + ": no checkpoint of gamut: its metadata has no architecture",
                     path);
  }
  const Architecture& architecture = find_architecture(name->second);
  const auto bias = file.tensors.find(architecture.last_layer + ".bias");
  if (bias == file.tensors.end() || bias->second.shape.size() != 1) {
    throw ModelError(printable(path.string()) + ": no checkpoint of gamut: its last layer has no bias", path);
  }
  Checkpoint checkpoint;
  const auto first = file.tensors.find(architecture.first_layer + ".weight");
  const bool has_planes = first != file.tensors.end() && first->second.shape.size() == 4;
  // One plane, or two of a stereo picture; a file that has more does not fit, and is not what memory follows.
  const int planes = has_planes && first->second.shape[1] > 3 ? 2 : 1;
  checkpoint.network = make_blank_network(architecture.name, static_cast<int>(bias->second.shape[0]), planes);
  const auto batch_norm = file.metadata.find(kBatchNorm);
  if (batch_norm != file.metadata.end() && batch_norm->second == kFolded) {
    checkpoint.network->fold_batch_norm();
  }
  copy_tensors(*checkpoint.network, file, Fit::exact, path);
  checkpoint.network->eval();
  checkpoint.network->use_channels_last();
  checkpoint.metadata = std::move(file.metadata);
  return checkpoint;
}

}  // namespace gamut::models
