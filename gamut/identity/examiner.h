#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gamut/audio/decode.h"
#include "gamut/catalogue/audio_identity.h"

namespace gamut::identity {

/// Seconds of a song that its fingerprint covers, from the start. Origin: AcoustID.
inline constexpr double kFingerprintSeconds = 120;

/// Seconds between two items of a fingerprint.
double fingerprint_item_s();

/// How an Examiner computes, with versions; what another method made is made anew.
std::string identity_method();

/// Learns from a decode what a song is known by: give it to audio::decode() as its listener, then ask.
///
/// The content hash is XXH3 (128 bits) of the sampling rate and the float32 samples of the mono mix at the
/// file's own rate: the same for any lossless copy in whatever container, and for a mono and a two-channel
/// file of the same signal. The fingerprint is Chromaprint's, one 32-bit item every fingerprint_item_s();
/// none where the audio is shorter than about 3 s. Chromaprint hears the mix at its own 11,025 Hz from
/// libsoxr, which is six times as fast as its own resampler.
///
/// @source Chromaprint, https://acoustid.org/chromaprint; Lalinsky, "How does Chromaprint work?", 2011. XXH3:
/// Collet, https://github.com/Cyan4973/xxHash.
class Examiner : public audio::SampleListener {
 public:
  Examiner();
  ~Examiner() override;

  void hear(std::span<const float> mono, int sample_rate_hz) override;

  /// What was heard, once decode() has returned; the object is spent. Song and state of the file are left to
  /// the caller.
  catalogue::AudioIdentity finish(const audio::Recording& recording);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gamut::identity
