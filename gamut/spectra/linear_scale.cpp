#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {
namespace {

// The bins of the STFT as they are.
class LinearScale : public SpectrumScale {
 public:
  explicit LinearScale(const FrontEndOptions& options)
      : SpectrumScale(stft_options(options)), bin_hz_(options.sample_rate_hz / options.n_fft) {}

  std::size_t n_rows() const override { return stft().n_bins(); }

  std::vector<double> row_frequencies_hz() const override {
    std::vector<double> frequencies_hz;
    for (std::size_t bin = 0; bin < n_rows(); ++bin) {
      frequencies_hz.push_back(static_cast<double>(bin) * bin_hz_);
    }
    return frequencies_hz;
  }

  std::span<const float> project(std::span<const float> spectrum, std::span<float>) const override {
    return spectrum;
  }

  // The paper's linear spectrograms are amplitude_to_db with its default reference, the others relative to
  // their maximum.
  std::optional<double> reference_power() const override { return 1; }

 private:
  double bin_hz_;
};

}  // namespace

ScaleEntry linear_scale() {
  return {.name = "linear",
          .options_read = {"n_fft", "window", "win_length"},
          .make = [](const FrontEndOptions& options) -> std::unique_ptr<const Scale> {
            return std::make_unique<LinearScale>(options);
          }};
}

}  // namespace gamut::spectra
