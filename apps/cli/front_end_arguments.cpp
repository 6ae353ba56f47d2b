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
  verb.add_option("--channels", channels_, "mono, left, right, mid or side")->group(group);
  verb.add_option("--n-fft", options_.n_fft, "Window and FFT length in samples")->group(group);
  verb.add_option("--hop-length", options_.hop_length, "Samples between frames")->group(group);
  verb.add_option("--n-bands,--n-mels", options_.n_bands, "Bands of the filterbank scales")->group(group);
  verb.add_option("--fmin", options_.fmin_hz, "Lowest frequency in Hz")->group(group);
  verb.add_option("--fmax", fmax_hz_, "Highest frequency in Hz; 0: half the sample rate")->group(group);
  verb.add_flag("--htk", htk_, "HTK's mel formula instead of Slaney's")->group(group);
  verb.add_option("--mel-norm", mel_norm_, "slaney (equal area) or none (equal height)")->group(group);
  verb.add_option("--top-db", options_.top_db, "dB kept below the loudest cell")->group(group);
  verb.add_option("--picture-size", picture_size_, "WIDTHxHEIGHT in pixels")->group(group);
  verb.add_option("--reduce", reduce_, "nearest (the paper's picture) or mean (power averaged by area)")
      ->group(group);
}

spectra::FrontEndOptions FrontEndArguments::options() const {
  spectra::FrontEndOptions options = options_;
  options.channels = parse_channels(channels_);
  if (fmax_hz_ != 0) options.fmax_hz = fmax_hz_;
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
