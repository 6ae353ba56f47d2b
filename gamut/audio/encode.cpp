#include "gamut/audio/encode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "gamut/audio/write_stream.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::audio {
namespace {

struct Codec {
  const char* extension;
  const char* container;
  const char* encoder;
  std::vector<int> sample_rates_hz;  // empty: any
};

const Codec& codec_for(const std::filesystem::path& path) {
  static const std::vector<Codec> kCodecs = {
      {".mp3", "mp3", "libmp3lame", {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000}},
      {".m4a",
       "ipod",
       "aac",
       {7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000}},
      {".flac", "flac", "flac", {}},
      {".wav", "wav", "pcm_s16le", {}},
  };
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto found = std::ranges::find(kCodecs, extension, &Codec::extension);
  if (found == kCodecs.end()) {
    throw ParameterError(fmt::format("cannot encode '{}': its extension must be .mp3, .m4a, .flac or .wav",
                                     printable(path.string())),
                         path);
  }
  return *found;
}

void validate(const std::filesystem::path& path, const Codec& codec, std::span<const float> samples,
              int sample_rate_hz, const EncodeOptions& options) {
  const auto refuse = [&path](const std::string& complaint) {
    throw ParameterError(fmt::format("cannot encode '{}': {}", printable(path.string()), complaint), path);
  };
  if (sample_rate_hz < 1000 || sample_rate_hz > 192000) {
    refuse(fmt::format("the sampling rate is {} Hz, but must be from 1000 to 192000 Hz", sample_rate_hz));
  }
  const std::vector<int>& rates_hz = codec.sample_rates_hz;
  if (!rates_hz.empty() && std::ranges::find(rates_hz, sample_rate_hz) == rates_hz.end()) {
    refuse(fmt::format("{} files cannot have a sampling rate of {} Hz; take one of {} Hz", codec.extension,
                       sample_rate_hz, fmt::join(rates_hz, ", ")));
  }
  if (options.bit_rate_bps < 8000 || options.bit_rate_bps > 320000) {
    refuse(
        fmt::format("the bit rate is {} bit/s, but must be from 8000 to 320000 bit/s", options.bit_rate_bps));
  }
  const auto bad = std::ranges::find_if(samples, [](float sample) { return !std::isfinite(sample); });
  if (bad != samples.end()) {
    refuse(fmt::format("sample {} is {}, but all must be finite numbers", bad - samples.begin(), *bad));
  }
}

}  // namespace

void encode(const std::filesystem::path& path, std::span<const float> samples, int sample_rate_hz,
            const EncodeOptions& options) {
  const Codec& codec = codec_for(path);
  validate(path, codec, samples, sample_rate_hz, options);
  StreamToWrite stream{.container = codec.container,
                       .encoder = codec.encoder,
                       .sample_rate_hz = sample_rate_hz,
                       .channels = {samples},
                       .bit_rate_bps = options.bit_rate_bps};
  const std::map<std::string, std::string> tags = {{"title", options.title},
                                                   {"artist", options.artist},
                                                   {"album", options.album},
                                                   {"genre", options.genre}};
  for (const auto& [key, value] : tags) {
    if (!value.empty()) stream.tags.emplace(key, value);
  }
  write_stream(path, stream);
}

}  // namespace gamut::audio
