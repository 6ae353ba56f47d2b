#include "gamut/spectra/auditory_scales.h"

#include <cmath>

namespace gamut::spectra {
namespace {

// Traunmüller's corrections stretch the ends of his formula away from these points by the factors given.
constexpr double kLowBark = 2;
constexpr double kLowStretch = 0.85;
constexpr double kHighBark = 20.1;
constexpr double kHighStretch = 1.22;

}  // namespace

double hz_to_bark(double frequency_hz) {
  const double bark = 26.81 * frequency_hz / (1960 + frequency_hz) - 0.53;
  if (bark < kLowBark) return kLowBark + kLowStretch * (bark - kLowBark);
  if (bark > kHighBark) return kHighBark + kHighStretch * (bark - kHighBark);
  return bark;
}

double bark_to_hz(double bark) {
  if (bark < kLowBark) bark = kLowBark + (bark - kLowBark) / kLowStretch;
  if (bark > kHighBark) bark = kHighBark + (bark - kHighBark) / kHighStretch;
  return 1960 * (bark + 0.53) / (26.28 - bark);
}

double hz_to_erb_rate(double frequency_hz) {
  return 21.4 * std::log10(1 + 0.00437 * frequency_hz);
}

double erb_rate_to_hz(double erb_rate) {
  return (std::pow(10, erb_rate / 21.4) - 1) / 0.00437;
}

}  // namespace gamut::spectra
