#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gamut::experiment {

/// The ImageNet weight file of each architecture: `<architecture>-….pth`, `<architecture>.pth` or the same as
/// .safetensors.
/// @param folder  where to look; empty: torch hub's cache ($TORCH_HOME, $XDG_CACHE_HOME or ~/.cache).
/// @throws ModelError  naming every file that is missing, where it was looked for and where it can be had.
std::map<std::string, std::filesystem::path> find_initial_weights(
    const std::vector<std::string>& architectures, const std::filesystem::path& folder);

}  // namespace gamut::experiment
