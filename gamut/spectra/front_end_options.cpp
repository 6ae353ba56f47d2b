#include "gamut/spectra/front_end_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/spectra/band_edges.h"
#include "gamut/spectra/fft.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {
namespace {

constexpr int kLargestPicture = 4096;  // pixels a side
constexpr int kMostBands = 4096;
constexpr int kMostBinsPerOctave = 1200;   // a cent each
constexpr double kShortestSegment = 0.1;   // seconds
constexpr double kLongestSegment = 36000;  // seconds

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
  read_word(reader, "window", options.window, parse_window_shape);
  reader.read("win_length", options.win_length);
  reader.read("n_bands", options.n_bands);
  reader.read("fmin_hz", options.fmin_hz);
  reader.read("fmax_hz", options.fmax_hz);
  reader.read("bins_per_octave", options.bins_per_octave);
  reader.read("gamma_hz", options.gamma_hz);
  read_word(reader, "mel_formula", options.mel_formula, parse_mel_formula);
  read_word(reader, "mel_norm", options.mel_norm, parse_mel_norm);
  reader.read("top_db", options.top_db);
  reader.read("picture_width", options.picture_width);
  reader.read("picture_height", options.picture_height);
  reader.read("segment_s", options.segment_s);
  reader.read("segment_hop_s", options.segment_hop_s);
  reader.finish();
  return options;
}

template <class T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// The JSON of the options that change the picture; what the scale does not read is left out.
Json relevant_json(const FrontEndOptions& options) {
  Json json = to_json(fill_in_defaults(options));
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
  const int win = win_length.value_or(n_fft);
  faults.require(win >= 1 && win <= n_fft,
                 fmt::format("win_length is {} samples; it must be from 1 to n_fft, {}", win, n_fft));
  faults.require_within("n_bands", n_bands.value_or(1), 1, kMostBands, "bands");
  const double low_hz = fmin_hz.value_or(entry == nullptr ? 0 : entry->fmin_hz);
  for (const std::string& fault : find_band_edge_faults(sample_rate_hz, low_hz, fmax_hz))
    faults.require(false, fault);
  faults.require_within("bins_per_octave", bins_per_octave, 1, kMostBinsPerOctave, "bins");
  faults.require(
      !gamma_hz || (*gamma_hz >= 0 && *gamma_hz <= sample_rate_hz),
      fmt::format("gamma is {} Hz; it must be from 0 Hz to the sampling rate", gamma_hz.value_or(0)));
  faults.require(top_db > 0 && std::isfinite(top_db),
                 fmt::format("top_db is {} dB; it must be above 0 dB and finite", top_db));
  faults.require_within("picture_width", picture_width, 1, kLargestPicture, "pixels");
  faults.require_within("picture_height", picture_height, 1, kLargestPicture, "pixels");
  const auto require_seconds = [&](const char* name, std::optional<double> seconds) {
    faults.require(!seconds || (*seconds >= kShortestSegment && *seconds <= kLongestSegment),
                   fmt::format("{} is {} s; it must be from {} to {} s", name, seconds.value_or(0),
                               kShortestSegment, kLongestSegment));
  };
  require_seconds("segment", segment_s);
  require_seconds("segment_hop", segment_hop_s);
  faults.require(segment_s || !segment_hop_s,
                 "segment_hop is given without segment; say how long a segment is");
  faults.throw_any();
  static_cast<void>(make_scale(*this));  // refuses what only the scale can know
}

Json to_json(const FrontEndOptions& options) {
  return {
      {"scale", options.scale},
      {"reduce", to_string(options.reduce)},
      {"sample_rate_hz", options.sample_rate_hz},
      {"channels", to_string(options.channels)},
      {"n_fft", options.n_fft},
      {"hop_length", options.hop_length},
      {"window", to_string(options.window)},
      {"win_length", optional_json(options.win_length)},
      {"n_bands", optional_json(options.n_bands)},
      {"fmin_hz", optional_json(options.fmin_hz)},
      {"fmax_hz", optional_json(options.fmax_hz)},
      {"bins_per_octave", options.bins_per_octave},
      {"gamma_hz", optional_json(options.gamma_hz)},
      {"mel_formula", to_string(options.mel_formula)},
      {"mel_norm", to_string(options.mel_norm)},
      {"top_db", options.top_db},
      {"picture_width", options.picture_width},
      {"picture_height", options.picture_height},
      {"segment_s", optional_json(options.segment_s)},
      {"segment_hop_s", optional_json(options.segment_hop_s)},
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
  const Json defaults = relevant_json({.scale = options.scale, .reduce = options.reduce});
  const Json relevant = relevant_json(options);
  Json changed = Json::object();
  for (const auto& [key, value] : relevant.items()) {
    if (value != defaults.at(key)) changed[key] = value;
  }
  return fmt::format("{}-{}-{}", options.scale, to_string(options.reduce),
                     sha256_hex(dump_json(changed)).substr(0, 8));
}

}  // namespace gamut::spectra
