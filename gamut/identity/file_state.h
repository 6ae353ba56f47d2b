#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "gamut/catalogue/audio_identity.h"

namespace gamut::identity {

/// By what a file is taken to be the same as before.
struct FileState {
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;  ///< since the epoch of the file clock
  bool operator==(const FileState&) const = default;
};

/// None where the file is not there; zeros for what is no file.
std::optional<FileState> file_state(const std::filesystem::path& path);

/// Whether what is known of a song was found by this method in a file of this state.
bool is_current(const catalogue::AudioIdentity& known, const FileState& state, const std::string& method);

}  // namespace gamut::identity
