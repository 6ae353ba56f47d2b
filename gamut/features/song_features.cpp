#include "gamut/features/song_features.h"

#include <utility>

#include "gamut/core/error.h"

namespace gamut::features {

SongFeatureMaker::SongFeatureMaker(const spectra::FrontEndOptions& options,
                                   const std::optional<TimelineOptions>& timeline, double max_duration_s)
    : decoding_{.sample_rate_hz = options.sample_rate_hz,
                .channels = options.channels,
                .max_duration_s = max_duration_s} {
  audio::validate(decoding_);
  front_ends_.emplace_back(options);
  if (!timeline) return;
  spectra::FrontEndOptions windows = options;
  windows.segment_s = timeline->window_s;
  windows.segment_hop_s = timeline->hop_s;
  front_ends_.emplace_back(windows);
}

SongFeatures SongFeatureMaker::compute(const std::filesystem::path& path) const {
  SongFeatures features;
  features.front_end = front_ends_.front().options();
  try {
    const audio::Recording recording = audio::decode(path, decoding_);
    auto pictures = compute_pictures(front_ends_, recording.signals);
    features.pictures = std::move(pictures.front());
    if (pictures.size() > 1) {
      features.timeline = std::move(pictures.back());
      features.window_s = front_ends_.back().options().segment_s.value_or(0);
    }
    features.outcome = recording.outcome;
    features.reason = recording.reason;
    features.duration_s = recording.duration_s;
  } catch (const Error& error) {
    features.outcome = Outcome::failed;
    features.reason = error.what();
  }
  return features;
}

}  // namespace gamut::features
