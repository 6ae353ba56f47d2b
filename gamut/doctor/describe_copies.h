#pragma once

#include <span>
#include <string>

#include "gamut/catalogue/catalogue.h"
#include "gamut/core/json_fwd.h"
#include "gamut/doctor/copies.h"

namespace gamut::doctor {

/// "a.flac, b.mp3 (bit error rate 0.031 over 110 s, 0.5 s apart)", the bracket where the samples differ.
/// @param songs  those that the set's indices mean.
std::string describe(const CopySet& set, const Copies& copies, std::span<const catalogue::Song> songs);

/// The near pairs, with names, seconds and bit error rates.
Json near_pairs(const Copies& copies, std::span<const catalogue::Song> songs);

}  // namespace gamut::doctor
