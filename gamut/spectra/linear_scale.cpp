#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {
namespace {

// The bins of the STFT as they are.
class LinearScale : public SpectrumScale {
 public:
  using SpectrumScale::SpectrumScale;

  std::size_t n_rows() const override { return stft().n_bins(); }

  std::span<const float> project(std::span<const float> spectrum, std::span<float>) const override {
    return spectrum;
  }

  // The paper's linear spectrograms are amplitude_to_db with its default reference, the others relative to
  // their maximum.
  std::optional<double> reference_power() const override { return 1; }
};

}  // namespace

ScaleEntry linear_scale() {
  return {.name = "linear",
          .options_read = {"n_fft", "window", "win_length"},
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            return std::make_unique<LinearScale>(stft_options(options));
          }};
}

}  // namespace gamut::spectra
