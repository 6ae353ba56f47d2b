#include "apps/cli/front_end_arguments.h"

#include <charconv>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

int parse_pixels(std::string_view text, const std::string& whole) {
  int pixels = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), pixels);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw ParameterError("--picture-size " + printable(whole) +
                         " must be WIDTHxHEIGHT or one number, in pixels");
  }
  return pixels;
}

}  // namespace

void FrontEndArguments::add_to(CLI::App& verb) {
  const std::string group = "Front end";
  verb.add_option("--sample-rate", options_.sample_rate_hz, "Hz")->group(group);
  verb.add_option("--channels", channels_, "mono, left, right, mid, side, or stereo (two planes a picture)")
      ->group(group);
  verb.add_option("--n-fft", options_.n_fft, "Window and FFT length in samples")->group(group);
  verb.add_option("--hop-length", options_.hop_length, "Samples between frames")->group(group);
  verb.add_option("--window", window_, "hann, hamming, blackman, blackmanharris or boxcar")->group(group);
  verb.add_option("--win-length", options_.win_length, "Window length in samples; n-fft when not given")
      ->group(group);
  verb.add_option("--n-bands,--n-mels,--n-bins", options_.n_bands,
                  "Bands of a filterbank (128 when not given) or bins of cqt and vqt (84)")
      ->group(group);
  verb.add_option("--fmin", options_.fmin_hz,
                  "Lowest frequency in Hz; when not given 0, and 32.7 for log-frequency, cqt and vqt")
      ->group(group);
  verb.add_option("--fmax", options_.fmax_hz, "Highest frequency in Hz; half the sample rate when not given")
      ->group(group);
  verb.add_option("--bins-per-octave", options_.bins_per_octave, "Bins of an octave, cqt and vqt")
      ->group(group);
  verb.add_option("--gamma", options_.gamma_hz, "Added to the bandwidths of vqt, in Hz; ERB when not given")
      ->group(group);
  verb.add_flag("--htk", htk_, "HTK's mel formula instead of Slaney's")->group(group);
  verb.add_option("--mel-norm", mel_norm_, "slaney (equal area) or none (equal height)")->group(group);
  verb.add_option("--top-db", options_.top_db, "dB kept below the loudest cell")->group(group);
  verb.add_option("--picture-size", picture_size_, "WIDTHxHEIGHT in pixels")->group(group);
  verb.add_option("--reduce", reduce_, "nearest (the paper's picture) or mean (power averaged by area)")
      ->group(group);
  verb.add_option("--segment", options_.segment_s, "Seconds a picture; one picture of all when not given")
      ->group(group);
  verb.add_option("--segment-hop", options_.segment_hop_s,
                  "Seconds from segment to segment; their length when not given")
      ->group(group);
}

spectra::FrontEndOptions FrontEndArguments::options() const {
  spectra::FrontEndOptions options = options_;
  options.channels = parse_channels(channels_);
  options.window = spectra::parse_window_shape(window_);
  if (htk_) options.mel_formula = spectra::MelFormula::htk;
  options.mel_norm = spectra::parse_mel_norm(mel_norm_);
  options.reduce = spectra::parse_reduce(reduce_);
  const std::size_t times = picture_size_.find('x');
  options.picture_width = parse_pixels(std::string_view(picture_size_).substr(0, times), picture_size_);
  options.picture_height =
      times == std::string::npos
          ? options.picture_width
          : parse_pixels(std::string_view(picture_size_).substr(times + 1), picture_size_);
  return options;
}

}  // namespace gamut::cli
