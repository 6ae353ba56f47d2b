#include "gamut/weights/published.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace gamut::weights {
namespace {

constexpr std::array<PublishedWeights, 6> kPublished{{
    {"resnet18", "resnet18-f37072fd.pth", 46830571, "resnet18-5c106cde.pth"},
    {"resnet34", "resnet34-b627a593.pth", 87319819, "resnet34-333f7ec4.pth"},
    {"resnet50", "resnet50-0676ba61.pth", 102530333, "resnet50-19c8e357.pth"},
    {"resnet101", "resnet101-63fe2227.pth", 178793939, "resnet101-5d3b4d8f.pth"},
    {"resnet152", "resnet152-394f9c45.pth", 241627721, "resnet152-b121ed2d.pth"},
    {"vgg16", "vgg16-397923af.pth", 553433881, ""},
}};

}  // namespace

std::span<const PublishedWeights> published_weights() {
  return kPublished;
}

const PublishedWeights* find_published(std::string_view architecture_or_file) {
  const auto* found = std::find_if(kPublished.begin(), kPublished.end(), [&](const PublishedWeights& known) {
    return known.architecture == architecture_or_file || known.file == architecture_or_file;
  });
  return found == kPublished.end() ? nullptr : found;
}

std::optional<std::string> hash_in_name(std::string_view file) {
  constexpr std::size_t kShortest = 8;
  constexpr std::size_t kWhole = 64;
  const std::string_view stem = file.substr(0, file.rfind('.'));
  const std::size_t dash = stem.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = stem.substr(dash + 1);
  if (digits.size() < kShortest || digits.size() > kWhole) return std::nullopt;
  if (digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
  return std::string(digits);
}

std::string size_text(std::uint64_t bytes) {
  return fmt::format("{} bytes, {:.1f} MiB", bytes, static_cast<double>(bytes) / (1 << 20));
}

}  // namespace gamut::weights
