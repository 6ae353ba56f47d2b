#pragma once

#include <string>

namespace gamut::audio {

/// Keeps FFmpeg silent and remembers its latest complaint on this thread.
///
/// FFmpeg has one log callback a process; the first FfmpegLog sets it for good. Each construction forgets
/// what this thread heard before. Decoding runs on the calling thread, so its complaints arrive there.
class FfmpegLog {
 public:
  FfmpegLog();

  /// What went wrong, in FFmpeg's words: the latest complaint, else the name of `status` (an AVERROR code).
  std::string explain(int status) const;

  /// Forgets the latest complaint.
  void clear();
};

}  // namespace gamut::audio
