#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/audio/levels.h"
#include "gamut/audio/probe.h"
#include "gamut/audio/sample_listener.h"
#include "gamut/core/channels.h"
#include "gamut/core/error.h"
#include "gamut/core/outcome.h"

namespace gamut::audio {

struct DecodeOptions {
  double sample_rate_hz =
      22050;  ///< rate of the result, 1000 … 768000 Hz; 0 keeps the file's own. Origin: librosa.
  Channels channels = Channels::mono;
  double max_duration_s =
      3 * 3600;  ///< longer audio is refused with a DecodeError; finite, > 0. Origin: ours.
  SampleListener* listener = nullptr;  ///< hears the mono mix, whatever `channels` is; not owned
  bool with_levels = false;            ///< measure Recording::levels on the way
};

/// @throws ParameterError  an option out of its range.
void validate(const DecodeOptions& options);

/// A file whose bytes give no audio, however often they are read: what can be remembered of it.
class UndecodableError : public DecodeError {
  using DecodeError::DecodeError;
};

/// Audio that is longer than DecodeOptions::max_duration_s.
class TooLongError : public DecodeError {
  using DecodeError::DecodeError;
};

/// A decoded recording.
struct Recording {
  /// One for each channel taken, all of one length; nominally in [-1, 1], never clipped, all finite, at least
  /// one sample.
  std::vector<std::vector<float>> signals;
  const std::vector<float>& signal() const { return signals.front(); }
  double sample_rate_hz = 0;
  Outcome outcome = Outcome::ok;  ///< ok or partial
  std::string reason;             ///< why it is partial, with the seconds got; empty where ok
  double duration_s = 0;          ///< of what was decoded, at the file's own rate
  double declared_duration_s =
      0;               ///< what the container declares; 0 where it declares nothing or only an estimate
  Levels levels = {};  ///< of all channels of the file; DecodeOptions::with_levels
};

/// Decodes the best audio stream of any file FFmpeg knows.
///
/// Channels are combined at the file's own rate, before resampling. Encoder delay and padding are left out
/// where the file tells them. The outcome is `partial` when a packet cannot be decoded, the container breaks
/// off or lacks its end mark, the sampling rate changes on the way (what comes before is kept), or the audio
/// is more than 1 % and more than 0.1 s shorter than declared or than its own time stamps;
/// docs/notes/truncated-audio.md says what cannot be noticed. Any number of files may be decoded at once,
/// each on one thread; FFmpeg's log is silenced for the whole process.
///
/// @param path     a regular file.
/// @param options  rate and channels of the result, and the longest duration accepted.
/// @return ceil(n * (to / from)) samples a signal for n decoded ones; two signals for stereo, otherwise one.
/// @throws DecodeError       missing, a directory, unreadable, if only in one place; the message names the
///                           path and a cure, as do those of the next two.
/// @throws UndecodableError  empty, not audio, no audio stream, no samples at all, samples that are not
///                           finite, more than 64 channels, or a rate outside 1000 … 768000 Hz.
/// @throws TooLongError      longer than options.max_duration_s.
/// @throws ParameterError    as validate().
/// @source librosa.load 0.10.2 (sr, mono, res_type="soxr_hq"); numbers checked against it.
Recording decode(const std::filesystem::path& path, const DecodeOptions& options = {});

}  // namespace gamut::audio
