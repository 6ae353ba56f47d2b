#include "gamut/audio/resample.h"

#include <fmt/format.h>
#include <soxr.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/error.h"

namespace gamut::audio {
namespace {

constexpr std::size_t kBlockSamples = 1 << 16;

/// librosa's rule, with its own order of operations: the ratio is rounded to double first.
std::size_t resampled_length(std::size_t n_input, double ratio) {
  return static_cast<std::size_t>(std::ceil(static_cast<double>(n_input) * ratio));
}

double checked_ratio(double from_hz, double to_hz) {
  for (double rate_hz : {from_hz, to_hz}) {
    if (!std::isfinite(rate_hz) || rate_hz <= 0) {
      throw ParameterError(fmt::format(
          "cannot resample from {} Hz to {} Hz: a rate must be finite and above 0 Hz", from_hz, to_hz));
    }
  }
  return to_hz / from_hz;
}

}  // namespace

void Resampler::Deleter::operator()(soxr* state) const {
  soxr_delete(state);
}

Resampler::Resampler(double from_hz, double to_hz) : ratio_(checked_ratio(from_hz, to_hz)) {
  if (from_hz == to_hz) return;
  soxr_error_t fault = nullptr;
  soxr_io_spec_t types = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  soxr_.reset(soxr_create(from_hz, to_hz, 1, &fault, &types, &quality, &runtime));
  if (fault != nullptr) {
    throw ParameterError(
        fmt::format("cannot resample from {} Hz to {} Hz: libsoxr says '{}'; choose rates closer "
                    "to each other",
                    from_hz, to_hz, fault));
  }
}

void Resampler::reserve(std::size_t n_input) {
  output_.reserve(resampled_length(n_input, ratio_) + kBlockSamples);
}

void Resampler::push(std::span<const float> samples) {
  n_input_ += samples.size();
  if (!soxr_) {
    output_.insert(output_.end(), samples.begin(), samples.end());
    return;
  }
  while (!samples.empty()) {
    std::size_t n = std::min(samples.size(), kBlockSamples);
    process(samples.data(), n);
    samples = samples.subspan(n);
  }
}

// soxr's output is written straight to the end of output_, which therefore never has to be copied.
void Resampler::process(const float* input, std::size_t n_input) {
  const bool last = input == nullptr;
  for (;;) {
    const std::size_t before = output_.size();
    const std::size_t room = last ? kBlockSamples : resampled_length(n_input, ratio_) + 1;
    output_.resize(before + room);
    std::size_t n_used = 0;
    std::size_t n_made = 0;
    soxr_error_t fault =
        soxr_process(soxr_.get(), input, n_input, &n_used, output_.data() + before, room, &n_made);
    output_.resize(before + n_made);
    if (fault != nullptr) throw Error(fmt::format("libsoxr failed: {}", fault));
    if (last ? n_made == 0 : n_used == n_input) return;
    if (!last) input += n_used;
    n_input -= n_used;
  }
}

std::vector<float> Resampler::finish() {
  if (soxr_ && n_input_ > 0) process(nullptr, 0);
  output_.resize(resampled_length(n_input_, ratio_));
  return std::move(output_);
}

std::vector<float> resample(std::span<const float> samples, double from_hz, double to_hz) {
  Resampler resampler(from_hz, to_hz);
  resampler.reserve(samples.size());
  resampler.push(samples);
  return resampler.finish();
}

}  // namespace gamut::audio
