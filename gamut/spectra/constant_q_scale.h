#pragma once

#include <optional>
#include <vector>

#include "gamut/spectra/constant_q.h"
#include "gamut/spectra/scale.h"

namespace gamut::spectra {

/// The options of a transform below a scale, with another gamma.
ConstantQOptions constant_q_options(const FrontEndOptions& options, std::optional<double> gamma_hz);

/// A constant-Q or variable-Q transform: |C|² of each bin and frame, the signal halved in rate from octave to
/// octave. Work space is some blocks of samples a rate, however long the signal.
class ConstantQScale : public Scale {
 public:
  /// @throws ParameterError  as make_octave_filters().
  explicit ConstantQScale(const ConstantQOptions& options)
      : row_frequencies_hz_(constant_q_frequencies_hz(options)), octaves_(make_octave_filters(options)) {}

  std::size_t n_rows() const final { return row_frequencies_hz_.size(); }
  std::vector<double> row_frequencies_hz() const final { return row_frequencies_hz_; }
  std::size_t n_frames(std::size_t n_samples) const final;
  void stream_power(std::span<const float> signal, const FrameSink& sink) const final;

 private:
  std::vector<double> row_frequencies_hz_;
  std::vector<OctaveFilters> octaves_;  ///< highest first
};

}  // namespace gamut::spectra
