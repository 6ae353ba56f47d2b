#include "gamut/spectra/front_end.h"

#include <algorithm>

#include "gamut/spectra/check_signal.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/frame_collector.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

struct FrontEnd::Stages {
  FrontEndOptions options;
  Stft stft;
  std::unique_ptr<const Scale> scale;

  explicit Stages(FrontEndOptions given)
      : options((given.validate(), std::move(given))),
        stft(stft_options(options)),
        scale(make_scale(options)) {}
};

FrontEnd::FrontEnd(FrontEndOptions options) : stages_(std::make_unique<const Stages>(std::move(options))) {}
FrontEnd::~FrontEnd() = default;
FrontEnd::FrontEnd(FrontEnd&&) noexcept = default;
FrontEnd& FrontEnd::operator=(FrontEnd&&) noexcept = default;

const FrontEndOptions& FrontEnd::options() const {
  return stages_->options;
}

const Scale& FrontEnd::scale() const {
  return *stages_->scale;
}

std::array<std::size_t, 2> FrontEnd::array_shape(std::size_t n_samples, ArrayKind kind) const {
  if (kind == ArrayKind::magnitude) return {stages_->stft.n_bins(), stages_->stft.n_frames(n_samples)};
  return {scale().n_rows(), scale().n_frames(n_samples)};
}

void FrontEnd::compute_array(std::span<const float> signal, ArrayKind kind, std::span<float> array) const {
  check_signal(signal);
  if (kind == ArrayKind::magnitude) return stages_->stft.compute_magnitude(signal, array);
  const auto [n_rows, n_frames] = array_shape(signal.size(), kind);
  FrameCollector collector(array, n_rows, n_frames);
  const bool in_db = kind == ArrayKind::db;
  scale().stream_power(signal, [&](std::size_t frame, std::span<const float> power) {
    collector.add(frame, [&](std::span<float> to) {
      if (in_db) {
        power_to_level(power, to);
      } else {
        std::ranges::copy(power, to.begin());
      }
    });
  });
  if (in_db) level_to_db(array, {.ref = scale().reference_power(), .top_db = options().top_db});
}

Matrix FrontEnd::compute_array(std::span<const float> signal, ArrayKind kind) const {
  const auto [n_rows, n_frames] = array_shape(signal.size(), kind);
  Matrix array(n_rows, n_frames);
  compute_array(signal, kind, array.values);
  return array;
}

}  // namespace gamut::spectra
