#pragma once

#include <span>

namespace gamut::spectra {

/// The loudest sample that can be transformed; above it, powers would leave float32. Full scale is 1.
inline constexpr float kLoudestSample = 1e12F;

/// @throws ParameterError  no samples at all; or a sample that is NaN, infinite or beyond kLoudestSample: the
/// message has
///                         the position of the first.
void check_signal(std::span<const float> signal);

}  // namespace gamut::spectra
