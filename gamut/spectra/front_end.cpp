#include "gamut/spectra/front_end.h"

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

Matrix FrontEnd::compute_array(std::span<const float> signal, ArrayKind kind) const {
  check_signal(signal);
  if (kind == ArrayKind::magnitude) return stages_->stft.compute_magnitude(signal);
  FrameCollector collector(scale().n_rows(), scale().n_frames(signal.size()));
  scale().stream_power(
      signal, [&](std::size_t frame, std::span<const float> powers) { collector.add(frame, powers); });
  Matrix power = collector.finish();
  if (kind == ArrayKind::power) return power;
  return power_to_db(std::move(power), {.ref = scale().reference_power(), .top_db = options().top_db});
}

}  // namespace gamut::spectra
