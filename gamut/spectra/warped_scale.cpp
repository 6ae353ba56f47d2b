#include "gamut/spectra/warped_scale.h"

#include "gamut/spectra/filterbank_scale.h"

namespace gamut::spectra {

std::vector<std::string_view> warped_scale_options() {
  return {"n_fft", "window", "win_length", "n_bands", "fmin_hz", "fmax_hz"};
}

std::unique_ptr<const Scale> make_warped_scale(const FrontEndOptions& options, const FrequencyWarp& warp) {
  const WarpedBandsOptions bands{
      .n_bands = *options.n_bands, .fmin_hz = *options.fmin_hz, .fmax_hz = options.fmax_hz};
  const Matrix filters = make_warped_filterbank(options.n_fft, options.sample_rate_hz, warp, bands);
  const std::vector<double> corners_hz = warped_corners_hz(options.sample_rate_hz, warp, bands);
  return std::make_unique<FilterbankScale>(stft_options(options), filters,
                                           std::vector<double>(corners_hz.begin() + 1, corners_hz.end() - 1));
}

}  // namespace gamut::spectra
