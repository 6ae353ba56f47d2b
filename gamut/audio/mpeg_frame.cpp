#include "gamut/audio/mpeg_frame.h"

#include <array>

namespace gamut::audio {
namespace {

using BitRates = std::array<int, 15>;  // kbit/s by index; 0 is free format
constexpr BitRates kMpeg1Layer1 = {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448};
constexpr BitRates kMpeg1Layer2 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
constexpr BitRates kMpeg1Layer3 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
constexpr BitRates kMpeg2Layer1 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256};
constexpr BitRates kMpeg2Layer23 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
constexpr std::array<int, 3> kMpeg1RatesHz = {44100, 48000, 32000};

}  // namespace

std::optional<int> mpeg_frame_bytes(std::span<const unsigned char> bytes) {
  if (bytes.size() < 4 || bytes[0] != 0xff || (bytes[1] & 0xe0) != 0xe0) return std::nullopt;
  const int version = (bytes[1] >> 3) & 3;  // 0: MPEG-2.5, 1: reserved, 2: MPEG-2, 3: MPEG-1
  const int layer = 4 - ((bytes[1] >> 1) & 3);
  const std::size_t bit_rate_index = bytes[2] >> 4;
  const std::size_t rate_index = (bytes[2] >> 2) & 3;
  if (version == 1 || layer == 4 || bit_rate_index == 15 || rate_index == 3) return std::nullopt;
  if (bit_rate_index == 0) return 0;

  const bool mpeg1 = version == 3;
  const BitRates& bit_rates = layer == 1   ? (mpeg1 ? kMpeg1Layer1 : kMpeg2Layer1)
                              : !mpeg1     ? kMpeg2Layer23
                              : layer == 2 ? kMpeg1Layer2
                                           : kMpeg1Layer3;
  const int bit_rate_bps = bit_rates[bit_rate_index] * 1000;
  const int rate_hz = kMpeg1RatesHz[rate_index] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  const int padding = (bytes[2] >> 1) & 1;
  if (layer == 1) return (12 * bit_rate_bps / rate_hz + padding) * 4;
  const int samples_over_8 = layer == 3 && !mpeg1 ? 72 : 144;
  return samples_over_8 * bit_rate_bps / rate_hz + padding;
}

}  // namespace gamut::audio
