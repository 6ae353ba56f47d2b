#pragma once

#include <span>
#include <vector>

namespace gamut::audio {

/// libsoxr "HQ" in one go, then cut or zero-padded to librosa's length, ceil(n * to / from).
std::vector<float> resample(std::span<const float> samples, double from_hz, double to_hz);

}  // namespace gamut::audio
