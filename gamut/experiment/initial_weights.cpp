#include "gamut/experiment/initial_weights.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::experiment {
namespace {

// torchvision's IMAGENET1K_V1 files.
const std::map<std::string, std::string> kPublished{{"resnet18", "resnet18-f37072fd.pth"},
                                                    {"resnet34", "resnet34-b627a593.pth"},
                                                    {"resnet50", "resnet50-0676ba61.pth"},
                                                    {"resnet101", "resnet101-63fe2227.pth"},
                                                    {"resnet152", "resnet152-394f9c45.pth"}};

std::filesystem::path environment_folder(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::filesystem::path torch_hub_folder() {
  std::filesystem::path root = environment_folder("TORCH_HOME");
  if (root.empty()) {
    const std::filesystem::path cache = environment_folder("XDG_CACHE_HOME");
    root = (cache.empty() ? environment_folder("HOME") / ".cache" : cache) / "torch";
  }
  return root / "hub" / "checkpoints";
}

std::optional<std::filesystem::path> find_file(const std::string& architecture,
                                               const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string stem = entry.path().stem().string();
    const std::string extension = entry.path().extension().string();
    const bool named = stem == architecture || stem.starts_with(architecture + "-");
    if (named && (extension == ".pth" || extension == ".safetensors")) found.push_back(entry.path());
  }
  if (found.empty()) return std::nullopt;
  if (found.size() > 1) {
    std::sort(found.begin(), found.end());
    throw ModelError(printable(folder.string()) + " has several weight files of " + architecture + ": " +
                     found[0].filename().string() + " and " + found[1].filename().string() + "; leave one");
  }
  return found.front();
}

}  // namespace

std::map<std::string, std::filesystem::path> find_initial_weights(
    const std::vector<std::string>& architectures, const std::filesystem::path& folder) {
  const std::filesystem::path where = folder.empty() ? torch_hub_folder() : folder;
  std::map<std::string, std::filesystem::path> files;
  std::vector<std::string> missing;
  for (const std::string& architecture : architectures) {
    if (const auto file = find_file(architecture, where)) {
      files[architecture] = *file;
    } else {
      missing.push_back(kPublished.at(architecture));
    }
  }
  if (!missing.empty()) {
    throw ModelError(
        "ImageNet weights are missing from " + printable(where.string()) + ": " + join_words(missing) +
        ". Get them from https://download.pytorch.org/models/<file> and put them there, or name their "
        "folder with --weights, or leave out initialisation \"imagenet\"");
  }
  return files;
}

}  // namespace gamut::experiment
