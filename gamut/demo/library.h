#pragma once

#include <string>
#include <vector>

#include "gamut/demo/demo.h"
#include "gamut/demo/song.h"

namespace gamut::demo {

/// Every song of the library: names, labels and files, in the order of `songs.csv`.
///
/// An artist has a subgenre. Every sixth album of those whose subgenre lies in one genre is a crossover with
/// a subgenre of another one, so that more than 30 % of the songs have two genres. Formats belong to albums,
/// as in life.
///
/// @throws ParameterError  options out of range, every fault listed.
std::vector<Song> plan_library(const LibraryOptions& options);

/// The genres of a song in the taxonomy's order, each once.
std::vector<std::string> genres_of(const Song& song);

}  // namespace gamut::demo
