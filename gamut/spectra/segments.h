#pragma once

#include <cstddef>
#include <vector>

#include "gamut/spectra/front_end_options.h"

namespace gamut::spectra {

/// A part of a song that becomes a picture of its own, in samples.
struct Segment {
  std::size_t first = 0;
  std::size_t length = 0;

  bool operator==(const Segment&) const = default;
};

/// The segments of a signal: from the start on, one every segment_hop_s, each segment_s long, both rounded to
/// whole samples. What is left at the end is shown by no picture. A signal shorter than one segment is one
/// segment, and so is any signal where segment_s is none.
///
/// @param n_samples  at least 1.
std::vector<Segment> cut_segments(const FrontEndOptions& options, std::size_t n_samples);

}  // namespace gamut::spectra
