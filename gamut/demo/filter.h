#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gamut/demo/sound.h"

namespace gamut::demo {

/// Two-pole state-variable filter that stays stable while its cutoff moves.
///
/// @source Zavalishin, The Art of VA Filter Design, 2012, chapter 4 (topology-preserving transform).
class StateVariableFilter {
 public:
  /// @param cutoff_hz  clamped to 20 Hz … 0.45 of the sampling rate.
  /// @param quality    > 0; 0.7 is flat, above 1 resonates.
  void set(double cutoff_hz, double quality) {
    const double cutoff = std::clamp(cutoff_hz, 20.0, 0.45 * kSampleRateHz);
    g_ = static_cast<float>(std::tan(std::numbers::pi * cutoff / kSampleRateHz));
    k_ = static_cast<float>(1 / quality);
    a_ = 1 / (1 + g_ * (g_ + k_));
  }

  struct Outputs {
    float low, band, high;  ///< the band-pass peaks at unity gain
  };
  Outputs step(float input) {
    const float high = (input - (g_ + k_) * band_state_ - low_state_) * a_;
    const float band = g_ * high + band_state_;
    const float low = g_ * band + low_state_;
    band_state_ = g_ * high + band;
    low_state_ = g_ * band + low;
    return {low, k_ * band, high};
  }

 private:
  float g_ = 0, k_ = 1, a_ = 1;
  float band_state_ = 0, low_state_ = 0;
};

/// One-pole low-pass.
class OnePole {
 public:
  explicit OnePole(double cutoff_hz)
      : coefficient_(static_cast<float>(1 - std::exp(-2 * std::numbers::pi * cutoff_hz / kSampleRateHz))) {}
  float step(float input) { return state_ += coefficient_ * (input - state_); }
  float coefficient() const { return coefficient_; }

 private:
  float coefficient_;
  float state_ = 0;
};

}  // namespace gamut::demo
