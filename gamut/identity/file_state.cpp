#include "gamut/identity/file_state.h"

#include <chrono>

namespace gamut::identity {

std::optional<FileState> file_state(const std::filesystem::path& path) {
  std::error_code failure;
  const std::uintmax_t bytes = std::filesystem::file_size(path, failure);
  if (failure) return std::filesystem::exists(path, failure) ? std::optional(FileState{}) : std::nullopt;
  const auto modified = std::filesystem::last_write_time(path, failure);
  return FileState{static_cast<std::int64_t>(bytes),
                   std::chrono::duration_cast<std::chrono::nanoseconds>(modified.time_since_epoch()).count()};
}

bool is_current(const catalogue::AudioIdentity& known, const FileState& state, const std::string& method) {
  return FileState{known.file_bytes, known.modified_ns} == state && known.method == method;
}

}  // namespace gamut::identity
