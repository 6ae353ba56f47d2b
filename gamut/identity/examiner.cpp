#include "gamut/identity/examiner.h"

#include <chromaprint.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>

#include "gamut/audio/resample.h"
#include "gamut/core/error.h"

namespace gamut::identity {
namespace {

using Chromaprint = std::unique_ptr<ChromaprintContext, decltype(&chromaprint_free)>;

Chromaprint make_chromaprint() {
  Chromaprint context(chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT), chromaprint_free);
  if (!context) throw std::bad_alloc();
  return context;
}

/// @param samples  at Chromaprint's own rate.
std::vector<std::uint32_t> compute_fingerprint(std::span<const float> samples) {
  std::vector<std::int16_t> pcm(samples.size());
  std::ranges::transform(samples, pcm.begin(), [](float sample) {
    const float scaled = std::clamp(sample, -1.0F, 1.0F) * 32767;
    return static_cast<std::int16_t>(scaled + std::copysign(0.5F, scaled));
  });
  const Chromaprint context = make_chromaprint();
  std::uint32_t* items = nullptr;
  int count = 0;
  if (chromaprint_start(context.get(), chromaprint_get_sample_rate(context.get()), 1) == 0 ||
      chromaprint_feed(context.get(), pcm.data(), static_cast<int>(pcm.size())) == 0 ||
      chromaprint_finish(context.get()) == 0 ||
      chromaprint_get_raw_fingerprint(context.get(), &items, &count) == 0) {
    throw DecodeError("Chromaprint takes no fingerprint");
  }
  const std::unique_ptr<std::uint32_t, decltype(&chromaprint_dealloc)> owner(items, chromaprint_dealloc);
  return {items, items + count};
}

}  // namespace

double fingerprint_item_s() {
  const Chromaprint context = make_chromaprint();
  return chromaprint_get_item_duration(context.get()) / double(chromaprint_get_sample_rate(context.get()));
}

std::string identity_method() {
  return fmt::format(
      "XXH3-128 of rate and mono float32 samples; Chromaprint {} algorithm {}, first {} s, by libsoxr; "
      "levels",
      chromaprint_get_version(), static_cast<int>(CHROMAPRINT_ALGORITHM_DEFAULT), kFingerprintSeconds);
}

struct Examiner::State {
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash{XXH3_createState(), XXH3_freeState};
  std::optional<audio::Resampler> resampler;
  std::size_t n_to_fingerprint = 0;  ///< samples at the file's own rate that the fingerprint yet wants

  void start(int sample_rate_hz) {
    const double rate_hz = sample_rate_hz;
    XXH3_128bits_update(hash.get(), &rate_hz, sizeof rate_hz);
    resampler.emplace(rate_hz, chromaprint_get_sample_rate(make_chromaprint().get()));
    n_to_fingerprint = static_cast<std::size_t>(kFingerprintSeconds * rate_hz);
  }
};

Examiner::Examiner() : state_(std::make_unique<State>()) {
  if (!state_->hash) throw std::bad_alloc();
  XXH3_128bits_reset(state_->hash.get());
}

Examiner::~Examiner() = default;

void Examiner::hear(std::span<const float> mono, int sample_rate_hz) {
  if (!state_->resampler) state_->start(sample_rate_hz);
  XXH3_128bits_update(state_->hash.get(), mono.data(), mono.size_bytes());
  const std::size_t taken = std::min(mono.size(), state_->n_to_fingerprint);
  state_->resampler->push(mono.first(taken));
  state_->n_to_fingerprint -= taken;
}

catalogue::AudioIdentity Examiner::finish(const audio::Recording& recording) {
  if (!state_->resampler) throw Error("nothing was heard of the recording that is to be identified");
  const XXH128_hash_t digest = XXH3_128bits_digest(state_->hash.get());
  catalogue::AudioIdentity identity;
  identity.method = identity_method();
  identity.outcome = recording.outcome;
  identity.reason = recording.reason;
  identity.duration_s = recording.duration_s;
  identity.declared_s = recording.declared_duration_s;
  identity.peak = recording.levels.peak;
  identity.rms = recording.levels.rms;
  identity.full_scale_share = recording.levels.full_scale_share;
  identity.content = fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
  identity.fingerprint = compute_fingerprint(state_->resampler->finish());
  return identity;
}

}  // namespace gamut::identity
