#include "tests/server/recording.h"

#include <cmath>
#include <cstdint>
#include <numbers>

namespace gamut::server::test {
namespace {

std::string little_endian(std::uint32_t value, int n_bytes) {
  std::string bytes;
  for (int i = 0; i < n_bytes; ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

}  // namespace

std::string wav_of_tone(double seconds) {
  constexpr std::uint32_t kRateHz = 22050;
  const auto n_samples = static_cast<std::uint32_t>(seconds * kRateHz);
  std::string samples;
  for (std::uint32_t i = 0; i < n_samples; ++i) {
    const double value = 20000 * std::sin(2 * std::numbers::pi * 440 * i / kRateHz);
    samples += little_endian(static_cast<std::uint16_t>(static_cast<std::int16_t>(value)), 2);
  }
  return "RIFF" + little_endian(36 + 2 * n_samples, 4) + "WAVEfmt " + little_endian(16, 4) +
         little_endian(1, 2) + little_endian(1, 2) + little_endian(kRateHz, 4) +
         little_endian(2 * kRateHz, 4) + little_endian(2, 2) + little_endian(16, 2) + "data" +
         little_endian(2 * n_samples, 4) + samples;
}

}  // namespace gamut::server::test
