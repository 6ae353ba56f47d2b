#include "tests/audio/test_audio.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <numbers>

namespace gamut::test {

std::vector<float> make_tone(double frequency_hz, double duration_s, int sample_rate_hz) {
  std::vector<float> tone(static_cast<std::size_t>(std::llround(duration_s * sample_rate_hz)));
  for (std::size_t i = 0; i < tone.size(); ++i) {
    const double phase = 2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / sample_rate_hz;
    tone[i] = static_cast<float>(0.5 * std::sin(phase));
  }
  return tone;
}

double rms_difference(std::span<const float> actual, std::span<const float> expected) {
  const std::size_t n = std::min(actual.size(), expected.size());
  double sum = 0;
  for (std::size_t i = n / 10; i < n - n / 10; ++i)
    sum += std::pow(double(actual[i]) - double(expected[i]), 2);
  return std::sqrt(sum / std::max<double>(1, 0.8 * static_cast<double>(n)));
}

std::string little_endian(std::uint64_t value, int n_bytes) {
  std::string bytes;
  for (int i = 0; i < n_bytes; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

std::string WavFile::bytes() const {
  const auto declared =
      static_cast<std::uint64_t>(declared_data_bytes >= 0 ? declared_data_bytes : std::int64_t(data.size()));
  const int block = n_channels * bits / 8;
  return "RIFF" + little_endian(36 + declared, 4) + "WAVEfmt " + little_endian(16, 4) +
         little_endian(std::uint64_t(format_tag), 2) + little_endian(std::uint64_t(n_channels), 2) +
         little_endian(std::uint64_t(sample_rate_hz), 4) +
         little_endian(std::uint64_t(sample_rate_hz) * block, 4) + little_endian(std::uint64_t(block), 2) +
         little_endian(std::uint64_t(bits), 2) + "data" + little_endian(declared, 4) + data;
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void truncate_copy(const std::filesystem::path& from, const std::filesystem::path& to, double share) {
  std::string bytes = read_bytes(from);
  bytes.resize(static_cast<std::size_t>(share * static_cast<double>(bytes.size())));
  write_bytes(to, bytes);
}

audio::StreamToWrite stream_of(const std::string& container, const std::string& encoder,
                               std::span<const float> samples, int sample_rate_hz) {
  return {
      .container = container, .encoder = encoder, .sample_rate_hz = sample_rate_hz, .channels = {samples}};
}

}  // namespace gamut::test
