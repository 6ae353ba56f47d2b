#include <fmt/format.h>

#include "gamut/core/error.h"
#include "gamut/spectra/check_signal.h"
#include "gamut/spectra/front_end.h"
#include "gamut/spectra/scale.h"
#include "gamut/spectra/segments.h"

namespace gamut::spectra {
namespace {

using Signal = std::span<const float>;

// One plane of one picture while the frames of its signal pass by.
struct Branch {
  const SpectrumScale* scale;
  PlaneMaker* maker;
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

PictureOptions picture_options(const FrontEndOptions& options) {
  return {.reduce = options.reduce,
          .width = options.picture_width,
          .height = options.picture_height,
          .top_db = options.top_db};
}

// One plane a front end of one signal.
std::vector<PlaneMaker::Plane> make_planes(std::span<const FrontEnd* const> front_ends, Signal signal) {
  std::vector<std::unique_ptr<PlaneMaker>> makers;
  std::vector<SharedStft> shared;
  for (const FrontEnd* front_end : front_ends) {
    const Scale& scale = front_end->scale();
    makers.push_back(make_plane_maker(picture_options(front_end->options()), scale.n_rows(),
                                      scale.n_frames(signal.size())));
    PlaneMaker* const maker = makers.back().get();
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
  std::vector<PlaneMaker::Plane> planes;
  for (const auto& maker : makers) planes.push_back(maker->finish());
  return planes;
}

// One picture a front end of one segment.
std::vector<Picture> draw_pictures(std::span<const FrontEnd* const> front_ends,
                                   std::span<const Signal> signals) {
  std::vector<std::vector<PlaneMaker::Plane>> planes(front_ends.size());
  for (const Signal signal : signals) {
    std::vector<PlaneMaker::Plane> of_signal = make_planes(front_ends, signal);
    for (std::size_t i = 0; i < planes.size(); ++i) planes[i].push_back(std::move(of_signal[i]));
  }
  std::vector<Picture> pictures;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    pictures.push_back(draw_picture(picture_options(front_ends[i]->options()), planes[i]));
  }
  return pictures;
}

// Front ends that cut a song alike, by their places in the list.
struct SameSegments {
  std::vector<Segment> segments;
  std::vector<std::size_t> places;
  std::vector<const FrontEnd*> front_ends;
};

std::vector<SameSegments> group_by_segments(std::span<const FrontEnd> front_ends, std::size_t n_samples) {
  std::vector<SameSegments> groups;
  for (std::size_t place = 0; place < front_ends.size(); ++place) {
    std::vector<Segment> segments = cut_segments(front_ends[place].options(), n_samples);
    std::size_t at = 0;
    while (at < groups.size() && groups[at].segments != segments) ++at;
    if (at == groups.size()) groups.push_back({std::move(segments), {}, {}});
    groups[at].places.push_back(place);
    groups[at].front_ends.push_back(&front_ends[place]);
  }
  return groups;
}

void check(std::span<const FrontEnd> front_ends, std::span<const std::vector<float>> signals) {
  const FrontEndOptions& first = front_ends.front().options();
  for (const FrontEnd& front_end : front_ends) {
    const FrontEndOptions& other = front_end.options();
    if (first.sample_rate_hz == other.sample_rate_hz && first.channels == other.channels) continue;
    throw ParameterError(fmt::format(
        "pictures made from one signal must agree on it: {} wants {} Hz and {}, {} wants {} Hz and "
        "{}; compute them apart",
        first.scale, first.sample_rate_hz, to_string(first.channels), other.scale, other.sample_rate_hz,
        to_string(other.channels)));
  }
  if (signals.size() != static_cast<std::size_t>(signal_count(first.channels)) ||
      signals.front().size() != signals.back().size()) {
    throw ParameterError(fmt::format("{} pictures need {} signals of one length, not {}",
                                     to_string(first.channels), signal_count(first.channels),
                                     signals.size()));
  }
  for (const std::vector<float>& signal : signals) check_signal(signal);
}

}  // namespace

Picture FrontEnd::compute_picture(std::span<const float> signal) const {
  check_signal(signal);
  const FrontEnd* const self = this;
  return std::move(draw_pictures({&self, 1}, {&signal, 1}).front());
}

std::vector<std::vector<SegmentPicture>> compute_pictures(std::span<const FrontEnd> front_ends,
                                                          std::span<const std::vector<float>> signals) {
  std::vector<std::vector<SegmentPicture>> pictures(front_ends.size());
  if (front_ends.empty()) return pictures;
  check(front_ends, signals);
  const double sample_rate_hz = front_ends.front().options().sample_rate_hz;
  for (const SameSegments& group : group_by_segments(front_ends, signals.front().size())) {
    for (const Segment& segment : group.segments) {
      std::vector<Signal> parts;
      for (const std::vector<float>& signal : signals) {
        parts.push_back(Signal(signal).subspan(segment.first, segment.length));
      }
      std::vector<Picture> drawn = draw_pictures(group.front_ends, parts);
      for (std::size_t i = 0; i < drawn.size(); ++i) {
        pictures[group.places[i]].push_back(
            {static_cast<double>(segment.first) / sample_rate_hz, std::move(drawn[i])});
      }
    }
  }
  return pictures;
}

std::size_t count_picture_bytes(std::span<const FrontEnd> front_ends, std::size_t n_samples) {
  std::size_t bytes = 0;
  for (const FrontEnd& front_end : front_ends) {
    const FrontEndOptions& options = front_end.options();
    bytes += cut_segments(options, n_samples).size() *
             static_cast<std::size_t>(signal_count(options.channels) * options.picture_width *
                                      options.picture_height);
  }
  return bytes;
}

}  // namespace gamut::spectra
