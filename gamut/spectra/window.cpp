#include "gamut/spectra/window.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::spectra {
namespace {

struct CosineWindow {
  WindowShape shape;
  std::string_view word;
  std::array<double, 4> coefficients;
};

constexpr std::array<CosineWindow, 5> kWindows{{
    {WindowShape::hann, "hann", {0.5, 0.5, 0, 0}},
    {WindowShape::hamming, "hamming", {0.54, 0.46, 0, 0}},
    {WindowShape::blackman, "blackman", {0.42, 0.5, 0.08, 0}},
    {WindowShape::blackmanharris, "blackmanharris", {0.35875, 0.48829, 0.14128, 0.01168}},
    {WindowShape::boxcar, "boxcar", {1, 0, 0, 0}},
}};

const CosineWindow& find_window(WindowShape shape) {
  return kWindows.at(static_cast<std::size_t>(shape));
}

}  // namespace

std::string_view to_string(WindowShape shape) {
  return find_window(shape).word;
}

WindowShape parse_window_shape(std::string_view word) {
  std::vector<std::string> known;
  for (const CosineWindow& window : kWindows) {
    if (word == window.word) return window.shape;
    known.emplace_back(window.word);
  }
  throw ParameterError("unknown window \"" + printable(word) + "\"; known are " + join_words(known));
}

std::vector<double> make_window(WindowShape shape, int length) {
  if (length < 1) {
    throw ParameterError("window length is " + std::to_string(length) + " samples; it must be at least 1");
  }
  if (length == 1) return {1.0};
  const std::array<double, 4>& a = find_window(shape).coefficients;
  std::vector<double> window;
  window.reserve(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const double phase = 2 * std::numbers::pi * i / length;
    window.push_back(a[0] - a[1] * std::cos(phase) + a[2] * std::cos(2 * phase) - a[3] * std::cos(3 * phase));
  }
  return window;
}

}  // namespace gamut::spectra
