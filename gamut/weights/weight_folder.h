#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gamut::weights {

/// Torch hub's cache of weight files: $TORCH_HOME/hub/checkpoints, else
/// $XDG_CACHE_HOME/torch/hub/checkpoints, else ~/.cache/torch/hub/checkpoints.
std::filesystem::path torch_hub_folder();

/// The .pth and .safetensors files of a folder, sorted; none where there is no such folder.
std::vector<std::filesystem::path> weight_files(const std::filesystem::path& folder);

/// The ImageNet weight file of each architecture: torchvision's of IMAGENET1K_V1, by its present or its old
/// name, or `<architecture>.pth`; or the same as .safetensors. Of torchvision's present and old file the
/// present one is taken. Files with another hash in their name are weights of another training: those in
/// torch hub's cache are other programs', and those in a folder that was named are taken where it has no
/// better.
///
/// @param folder  where to look; empty: torch_hub_folder(). Or a file of any name, for one architecture.
/// @throws ModelError  several files of one architecture; one file for several; or naming every file that is
/// missing, its size, where
///                     it can be had and where to put it.
std::map<std::string, std::filesystem::path> find_initial_weights(
    const std::vector<std::string>& architectures, const std::filesystem::path& folder);

}  // namespace gamut::weights
