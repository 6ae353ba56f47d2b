#include "gamut/spectra/front_end.h"

#include <fmt/format.h>

#include "gamut/core/error.h"
#include "gamut/spectra/check_signal.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/scale_registry.h"

namespace gamut::spectra {

struct FrontEnd::Stages {
  FrontEndOptions options;
  Stft stft;
  std::unique_ptr<const Scale> scale;

  explicit Stages(FrontEndOptions given)
      : options((given.validate(), std::move(given))),
        stft({.n_fft = options.n_fft, .hop_length = options.hop_length}),
        scale(find_scale(options.scale)->make(options)) {}
};

FrontEnd::FrontEnd(FrontEndOptions options) : stages_(std::make_unique<const Stages>(std::move(options))) {}
FrontEnd::~FrontEnd() = default;
FrontEnd::FrontEnd(FrontEnd&&) noexcept = default;
FrontEnd& FrontEnd::operator=(FrontEnd&&) noexcept = default;

const FrontEndOptions& FrontEnd::options() const {
  return stages_->options;
}

Matrix FrontEnd::compute_array(std::span<const float> signal, ArrayKind kind) const {
  check_signal(signal);
  if (kind == ArrayKind::magnitude) return stages_->stft.compute_magnitude(signal);
  const Scale& scale = *stages_->scale;
  Matrix power(scale.n_rows(), scale.n_frames(signal.size()));
  scale.stream_power(signal, [&](std::size_t frame, std::span<const float> powers) {
    for (std::size_t row = 0; row < powers.size(); ++row) power(row, frame) = powers[row];
  });
  if (kind == ArrayKind::power) return power;
  return power_to_db(std::move(power), {.ref = scale.reference_power(), .top_db = options().top_db});
}

Picture FrontEnd::compute_picture(std::span<const float> signal) const {
  return std::move(compute_pictures({this, 1}, signal).front());
}

namespace {

// A scale that shares the STFT, with what its frames go through.
struct Branch {
  const SpectrumScale* scale;
  PictureMaker* maker;
  std::vector<float> workspace;
};

// The branches that live on one STFT.
struct SharedStft {
  const Stft* stft;
  std::vector<Branch> branches;
};

SharedStft& find_or_add(std::vector<SharedStft>& shared, const Stft& stft) {
  for (SharedStft& group : shared) {
    if (group.stft->options() == stft.options()) return group;
  }
  return shared.emplace_back(SharedStft{&stft, {}});
}

void check_same_signal(const FrontEndOptions& first, const FrontEndOptions& other) {
  if (first.sample_rate_hz == other.sample_rate_hz && first.channels == other.channels) return;
  throw ParameterError(
      fmt::format("pictures made from one signal must agree on it: {} wants {} Hz and {}, {} wants {} Hz and "
                  "{}; compute them apart",
                  first.scale, first.sample_rate_hz, to_string(first.channels), other.scale,
                  other.sample_rate_hz, to_string(other.channels)));
}

}  // namespace

std::vector<Picture> compute_pictures(std::span<const FrontEnd> front_ends, std::span<const float> signal) {
  check_signal(signal);
  std::vector<std::unique_ptr<PictureMaker>> makers;
  std::vector<SharedStft> shared;
  for (const FrontEnd& front_end : front_ends) {
    const FrontEndOptions& options = front_end.options();
    check_same_signal(front_ends.front().options(), options);
    const Scale& scale = *front_end.stages_->scale;
    const PictureOptions picture{.reduce = options.reduce,
                                 .width = options.picture_width,
                                 .height = options.picture_height,
                                 .top_db = options.top_db};
    makers.push_back(make_picture_maker(picture, scale.n_rows(), scale.n_frames(signal.size())));
    PictureMaker* const maker = makers.back().get();
    if (const SpectrumScale* spectrum_scale = scale.as_spectrum_scale()) {
      find_or_add(shared, spectrum_scale->stft())
          .branches.push_back({spectrum_scale, maker, std::vector<float>(scale.n_rows())});
    } else {
      scale.stream_power(signal,
                         [&](std::size_t, std::span<const float> powers) { maker->add_frame(powers); });
    }
  }
  for (SharedStft& group : shared) {
    group.stft->stream_power(signal, [&](std::size_t, std::span<const float> spectrum) {
      for (Branch& branch : group.branches) {
        branch.maker->add_frame(branch.scale->project(spectrum, branch.workspace));
      }
    });
  }
  std::vector<Picture> pictures;
  for (const auto& maker : makers) pictures.push_back(maker->finish());
  return pictures;
}

}  // namespace gamut::spectra
