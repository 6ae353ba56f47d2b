#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

namespace gamut::models {

/// Copies the tensors of a weight file into a network by name. `fc.*` is skipped when its shape differs (another number of outputs).
/// @throws ModelError  names missing or left over, shapes that differ: all listed.
void load_weights(torch::nn::Module& network, const std::filesystem::path& path);

/// The network as safetensors with metadata; no time stamps: the same network gives the same bytes.
void save_checkpoint(torch::nn::Module& network, const std::filesystem::path& path,
                     const std::map<std::string, std::string>& metadata);

}  // namespace gamut::models
