#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/audio/decode.h"
#include "gamut/core/outcome.h"
#include "gamut/spectra/front_end.h"

namespace gamut::features {

/// Windows that go through a song, each drawn as if it were the whole.
struct TimelineOptions {
  double window_s = 30;  ///< 0.1 to 36000
  double hop_s = 10;     ///< from the start of a window to that of the next; 0.1 to 36000
};

/// What networks see of a song.
struct SongFeatures {
  Outcome outcome = Outcome::ok;
  std::string reason;     ///< why it is partial or failed
  double duration_s = 0;  ///< of what was decoded
  /// What made the pictures.
  spectra::FrontEndOptions front_end;
  std::vector<spectra::SegmentPicture> pictures;  ///< of the song, one or one a segment; none where it failed
  std::vector<spectra::SegmentPicture> timeline;  ///< of the windows, where they were asked for
  double window_s = 0;                            ///< of a window
};

/// Makes the features of songs; immutable and thread-safe.
class SongFeatureMaker {
 public:
  /// @throws ParameterError  options out of their range.
  explicit SongFeatureMaker(const spectra::FrontEndOptions& options,
                            const std::optional<TimelineOptions>& timeline = {},
                            double max_duration_s = 3 * 3600);

  /// Decodes and draws a song. A song that cannot be decoded is a failed one with the reason.
  SongFeatures compute(const std::filesystem::path& path) const;

 private:
  audio::DecodeOptions decoding_;
  std::vector<spectra::FrontEnd> front_ends_;  // the song's, then the timeline's
};

}  // namespace gamut::features
