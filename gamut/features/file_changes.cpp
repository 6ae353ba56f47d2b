#include "gamut/features/file_changes.h"

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/identity/file_state.h"

namespace gamut::features {

catalogue::FileStamp stamp_file(const std::filesystem::path& path) {
  constexpr std::int64_t kNotThere = -1;
  const std::optional<identity::FileState> state = identity::file_state(path);
  if (!state) return {kNotThere, 0, {}};
  return {state->bytes, state->modified_ns, {}};
}

std::string hash_file(const std::filesystem::path& path) {
  constexpr std::size_t kDigits = 32;
  try {
    return sha256_file(path).substr(0, kDigits);
  } catch (const FileError&) {
    return {};
  }
}

void hash_suspects(std::span<Suspect> suspects, std::span<const catalogue::Song> songs, int jobs) {
  parallel_for(suspects.size(), jobs, [&](std::size_t i) {
    check_interrupted();
    suspects[i].file.hash = hash_file(songs[suspects[i].song].path);
  });
}

}  // namespace gamut::features
