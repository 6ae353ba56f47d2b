#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gamut::weights {

/// Weights trained on ImageNet, as torchvision publishes them (IMAGENET1K_V1).
struct PublishedWeights {
  std::string_view architecture;  ///< "resnet18"
  std::string_view file;          ///< "resnet18-f37072fd.pth"; its SHA-256 begins with the eight hex digits
  std::uint64_t bytes = 0;
  std::string_view old_file;  ///< the same weights as published before 2021; empty where `file` is as old
};

/// Where torchvision's files lie; a file's name follows.
inline constexpr std::string_view kPublisher = "https://download.pytorch.org/models/";

/// One entry an architecture, the smallest network first.
/// @source torchvision, models/resnet.py and models/vgg.py.
std::span<const PublishedWeights> published_weights();

/// The entry of an architecture, or of a file by its present name; null for another.
const PublishedWeights* find_published(std::string_view architecture_or_file);

/// The start of the SHA-256 that torch hub's names end with, eight hex digits or more: "f37072fd" of
/// "resnet18-f37072fd.pth"; nothing where a name has none.
std::optional<std::string> hash_in_name(std::string_view file);

/// "46830571 bytes, 44.7 MiB".
std::string size_text(std::uint64_t bytes);

}  // namespace gamut::weights
