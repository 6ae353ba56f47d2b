#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace gamut::features {

/// Why a song is decoded: the first of these that holds.
enum class Cause {
  retried,    ///< it failed before, and failures are to be tried again
  added,      ///< it has no picture yet
  changed,    ///< its file is another than its pictures were drawn from
  damaged,    ///< what the store has is not what was written
  outdated,   ///< its pictures are of an older version of the front end
  new_scale,  ///< one of the picture sets asked for lacks it
};
inline constexpr std::size_t kCauses = 6;

/// What an extraction is about to do, in songs.
struct ExtractPlan {
  std::array<std::int64_t, kCauses> songs{};  ///< to be decoded, by cause
  std::int64_t up_to_date = 0;
  std::int64_t failed_before = 0;  ///< that stay as they are
  std::int64_t left = 0;           ///< that have no sound picture and are left, as only failures are retried
  bool only_failed = false;

  void count(Cause cause) { ++songs[static_cast<std::size_t>(cause)]; }
};

/// "12 new, 3 changed, 98 up to date".
std::string describe(const ExtractPlan& plan);

}  // namespace gamut::features
