#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace gamut::weights {

/// A weight file that is as it should be.
struct CheckedFile {
  std::uint64_t bytes = 0;
  std::string sha256;         ///< 64 hex digits
  bool hash_in_name = false;  ///< whether the name told how it begins
  std::size_t n_tensors = 0;
  std::int64_t n_numbers = 0;  ///< in all tensors
};

/// Reads a weight file from end to end, and compares its SHA-256 with what torch hub's names tell.
///
/// @throws FileError   missing or unreadable.
/// @throws ModelError  another SHA-256 than the name says; no weights, or damaged ones.
CheckedFile check_weights(const std::filesystem::path& path);

}  // namespace gamut::weights
