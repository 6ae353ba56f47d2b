#include "gamut/spectra/front_end_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/text.h"
#include "gamut/spectra/band_edges.h"
#include "gamut/spectra/fft.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {
namespace {

constexpr int kLargestPicture = 4096;  // pixels a side
constexpr int kMostBands = 4096;

class Faults {
 public:
  void require(bool good, const std::string& fault) {
    if (!good) faults_.push_back("spectrogram: " + fault);
  }

  void require_within(const char* name, int value, int low, int high, const char* unit) {
    require(value >= low && value <= high,
            fmt::format("{} is {} {}; it must be from {} to {}", name, value, unit, low, high));
  }

  void throw_any() const {
    if (!faults_.empty()) throw ParameterError(join(faults_, "\n"));
  }

 private:
  std::vector<std::string> faults_;
};

template <class Enum>
void read_word(OptionReader& reader, const std::string& key, Enum& target, Enum (*parse)(std::string_view)) {
  std::string word(to_string(target));
  reader.read(key, word);
  try {
    target = parse(word);
  } catch (const ParameterError& error) {
    reader.add_fault(key, std::string("is wrong: ") + error.what());
  }
}

FrontEndOptions parse_options(const Json& json) {
  FrontEndOptions options;
  OptionReader reader(json, "spectrogram");
  reader.read("scale", options.scale);
  read_word(reader, "reduce", options.reduce, parse_reduce);
  reader.read("sample_rate_hz", options.sample_rate_hz);
  read_word(reader, "channels", options.channels, parse_channels);
  reader.read("n_fft", options.n_fft);
  reader.read("hop_length", options.hop_length);
  reader.read("n_bands", options.n_bands);
  reader.read("fmin_hz", options.fmin_hz);
  double fmax_hz = std::numeric_limits<double>::quiet_NaN();  // which JSON cannot hold
  reader.read("fmax_hz", fmax_hz);
  if (!std::isnan(fmax_hz)) options.fmax_hz = fmax_hz;
  read_word(reader, "mel_formula", options.mel_formula, parse_mel_formula);
  read_word(reader, "mel_norm", options.mel_norm, parse_mel_norm);
  reader.read("top_db", options.top_db);
  reader.read("picture_width", options.picture_width);
  reader.read("picture_height", options.picture_height);
  reader.finish();
  return options;
}

// The JSON of the options that change the picture; what the scale does not read is left out.
Json relevant_json(FrontEndOptions options) {
  if (options.fmax_hz == options.sample_rate_hz / 2) options.fmax_hz.reset();
  Json json = to_json(options);
  const auto& read_here = find_scale(options.scale)->options_read;
  for (const ScaleEntry& entry : scale_entries()) {
    for (std::string_view key : entry.options_read) {
      if (std::ranges::find(read_here, key) == read_here.end()) json.erase(std::string(key));
    }
  }
  return json;
}

}  // namespace

void FrontEndOptions::validate() const {
  Faults faults;
  const ScaleEntry* const entry = find_scale(scale);
  faults.require(entry != nullptr, fmt::format("unknown scale \"{}\"; known are {}", printable(scale),
                                               join_words(scale_names())));
  faults.require(
      sample_rate_hz > 0 && sample_rate_hz <= 1e6,
      fmt::format("sample_rate_hz is {} Hz; it must be above 0 and at most 1000000 Hz", sample_rate_hz));
  faults.require(n_fft >= 2 && n_fft <= kLongestFft && n_fft % 2 == 0,
                 fmt::format("n_fft is {} samples; it must be even and from 2 to {}, best a power of two",
                             n_fft, kLongestFft));
  faults.require(hop_length >= 1, fmt::format("hop_length is {} samples; it must be at least 1", hop_length));
  faults.require_within("n_bands", n_bands, 1, kMostBands, "bands");
  for (const std::string& fault : find_band_edge_faults(sample_rate_hz, fmin_hz, fmax_hz))
    faults.require(false, fault);
  faults.require(top_db > 0, fmt::format("top_db is {} dB; it must be above 0 dB", top_db));
  faults.require_within("picture_width", picture_width, 1, kLargestPicture, "pixels");
  faults.require_within("picture_height", picture_height, 1, kLargestPicture, "pixels");
  faults.throw_any();
  static_cast<void>(entry->make(*this));  // refuses what only the scale can know
}

Json to_json(const FrontEndOptions& options) {
  return {
      {"scale", options.scale},
      {"reduce", to_string(options.reduce)},
      {"sample_rate_hz", options.sample_rate_hz},
      {"channels", to_string(options.channels)},
      {"n_fft", options.n_fft},
      {"hop_length", options.hop_length},
      {"n_bands", options.n_bands},
      {"fmin_hz", options.fmin_hz},
      {"fmax_hz", options.fmax_hz ? Json(*options.fmax_hz) : Json(nullptr)},
      {"mel_formula", to_string(options.mel_formula)},
      {"mel_norm", to_string(options.mel_norm)},
      {"top_db", options.top_db},
      {"picture_width", options.picture_width},
      {"picture_height", options.picture_height},
  };
}

FrontEndOptions front_end_options_from_json(const Json& json) {
  FrontEndOptions options = parse_options(json);
  options.validate();
  return options;
}

FrontEndOptions canonical_options(const FrontEndOptions& options) {
  options.validate();
  return parse_options(relevant_json(options));
}

std::string picture_set_name(const FrontEndOptions& options) {
  options.validate();
  Json others = relevant_json(options);
  others.erase("scale");
  others.erase("reduce");
  return fmt::format("{}-{}-{}", options.scale, to_string(options.reduce),
                     sha256_hex(dump_json(others)).substr(0, 8));
}

}  // namespace gamut::spectra
