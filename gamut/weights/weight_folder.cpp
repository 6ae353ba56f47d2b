#include "gamut/weights/weight_folder.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/weights/published.h"

namespace gamut::weights {
namespace {

std::filesystem::path environment_folder(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Whether a name is an architecture's with another hash than the one that its published weights have.
bool is_of_others(const std::filesystem::path& file, const PublishedWeights& known) {
  const std::string stem = file.stem().string();
  return stem != known.architecture && stem != std::filesystem::path(known.file).stem() &&
         stem != std::filesystem::path(known.old_file).stem();
}

/// @param takes_others  weights of other trainings too, where the published ones are not there.
std::optional<std::filesystem::path> find_file(const std::string& architecture,
                                               const std::filesystem::path& folder, bool takes_others) {
  std::vector<std::filesystem::path> found;
  for (const std::filesystem::path& file : weight_files(folder)) {
    const std::string stem = file.stem().string();
    if (stem == architecture || stem.starts_with(architecture + "-")) found.push_back(file);
  }
  if (const PublishedWeights* known = find_published(architecture)) {
    const auto is_other = [&](const std::filesystem::path& file) { return is_of_others(file, *known); };
    if (!takes_others || !std::ranges::all_of(found, is_other)) std::erase_if(found, is_other);
    const auto present = std::find(found.begin(), found.end(), folder / known->file);
    const auto old = std::find(found.begin(), found.end(), folder / known->old_file);
    if (present != found.end() && old != found.end()) found.erase(old);
  }
  if (found.empty()) return std::nullopt;
  if (found.size() > 1) {
    throw ModelError(printable(folder.string()) + " has several weight files of " + architecture + ": " +
                     printable(found[0].filename().string()) + " and " +
                     printable(found[1].filename().string()) + "; leave one");
  }
  return found.front();
}

std::string describe(const std::string& architecture) {
  const PublishedWeights* known = find_published(architecture);
  if (known == nullptr) return architecture + "-….pth";
  return std::string(known->file) + " (" + size_text(known->bytes) + ", " + std::string(kPublisher) +
         std::string(known->file) + ")";
}

}  // namespace

std::filesystem::path torch_hub_folder() {
  std::filesystem::path root = environment_folder("TORCH_HOME");
  if (root.empty()) {
    const std::filesystem::path cache = environment_folder("XDG_CACHE_HOME");
    root = (cache.empty() ? environment_folder("HOME") / ".cache" : cache) / "torch";
  }
  return root / "hub" / "checkpoints";
}

std::vector<std::filesystem::path> weight_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".pth" || extension == ".safetensors") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::map<std::string, std::filesystem::path> find_initial_weights(
    const std::vector<std::string>& architectures, const std::filesystem::path& folder) {
  const std::filesystem::path where = folder.empty() ? torch_hub_folder() : folder;
  if (std::filesystem::is_regular_file(where)) {
    if (architectures.size() == 1) return {{architectures.front(), where}};
    throw ModelError("the weights " + printable(where.string()) + " are one file, and there are " +
                     join_words(architectures) + " to start from weights; give a folder with a file of each");
  }
  std::map<std::string, std::filesystem::path> files;
  std::vector<std::string> missing;
  std::vector<std::string> descriptions;
  for (const std::string& architecture : architectures) {
    if (const auto file = find_file(architecture, where, !folder.empty())) {
      files[architecture] = *file;
    } else {
      missing.push_back(architecture);
      descriptions.push_back(describe(architecture));
    }
  }
  if (!missing.empty()) {
    throw ModelError("ImageNet weights are missing from " + printable(where.string()) + ": " +
                     join_words(descriptions) + ". `gamut weights fetch " + join(missing, " ") +
                     (folder.empty() ? "" : " --to " + printable(folder.string())) +
                     "` gets them; or put them there, or name their folder with --weights, or leave out "
                     "initialisation \"imagenet\"");
  }
  return files;
}

}  // namespace gamut::weights
