#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "gamut/weights/published.h"

namespace gamut::weights {

struct FetchOptions {
  std::filesystem::path folder = {};  ///< where files are put; empty: torch hub's cache
  std::string from{kPublisher};       ///< a mirror's address, which the file's name follows; http or https
  std::chrono::seconds timeout{60};   ///< longest wait for a connection, and for the next byte; >= 1 s
};

struct Fetched {
  std::filesystem::path path;
  bool was_there = false;  ///< with the right SHA-256; nothing was fetched
};

/// Fetches a weight file, unless it is there with the SHA-256 that its name tells.
///
/// @param name  an architecture of published_weights(), or a file's name that ends with the start of its
/// SHA-256, with or
///              without ".pth": "resnet34", "resnet34-333f7ec4", "resnext50_32x4d-7cdf4587.pth".
/// @throws ParameterError  another name, an address that is neither http nor https, a timeout below 1 s.
/// @throws ModelError, FileError, Interrupted  as download().
Fetched fetch_weights(std::string_view name, const FetchOptions& options);

}  // namespace gamut::weights
