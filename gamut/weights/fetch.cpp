#include "gamut/weights/fetch.h"

#include <fmt/core.h>

#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/text.h"
#include "gamut/weights/download.h"
#include "gamut/weights/weight_folder.h"

namespace gamut::weights {
namespace {

std::string file_name(std::string_view name) {
  if (const PublishedWeights* known = find_published(name)) return std::string(known->file);
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  std::string file(name);
  if (!file.ends_with(".pth") && !file.ends_with(".safetensors")) file += ".pth";
  if (hash_in_name(file) && !file.starts_with('.') && file.find_first_not_of(kLetters) == std::string::npos)
    return file;
  std::vector<std::string> known;
  for (const PublishedWeights& weights : published_weights()) known.emplace_back(weights.architecture);
  throw ParameterError(
      fmt::format("there are no weights '{}': give {}, or a file's name with the start of its SHA-256, "
                  "such as resnet34-b627a593.pth",
                  printable(name), join(known, ", ")));
}

}  // namespace

Fetched fetch_weights(std::string_view name, const FetchOptions& options) {
  if (!options.from.starts_with("https://") && !options.from.starts_with("http://"))
    throw ParameterError("the address '" + printable(options.from) +
                         "' begins with neither https:// nor http://");
  if (options.timeout.count() < 1)
    throw ParameterError(
        fmt::format("the timeout is {} s; it must be at least 1 s", options.timeout.count()));
  const std::string file = file_name(name);
  const PublishedWeights* known = find_published(file);
  const std::filesystem::path folder = options.folder.empty() ? torch_hub_folder() : options.folder;
  Download wanted{.address = options.from + (options.from.ends_with('/') ? "" : "/") + file,
                  .target = folder / file,
                  .sha256_start = hash_in_name(file).value(),
                  .bytes = std::nullopt,
                  .timeout = options.timeout};
  if (known != nullptr) wanted.bytes = known->bytes;
  if (std::filesystem::is_regular_file(wanted.target) &&
      sha256_file(wanted.target).starts_with(wanted.sha256_start)) {
    return {.path = wanted.target, .was_there = true};
  }
  download(wanted);
  return {.path = wanted.target};
}

}  // namespace gamut::weights
