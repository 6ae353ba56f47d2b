#pragma once

#include <string>
#include <vector>

#include "gamut/core/random.h"

namespace gamut::demo {

/// Number of different names that make_artist_names can give.
inline constexpr int kMostArtists = 576;

/// `count` different invented band names, "Amber Lattice".
/// @throws ParameterError  more than kMostArtists.
std::vector<std::string> make_artist_names(int count, Random& random);

/// `count` different invented titles, "Seven Quiet Tides"; at most 1000.
std::vector<std::string> make_titles(int count, Random& random);

}  // namespace gamut::demo
