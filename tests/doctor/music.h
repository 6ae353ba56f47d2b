#pragma once

#include <string>
#include <vector>

#include "gamut/audio/encode.h"
#include "gamut/catalogue/catalogue.h"
#include "gamut/demo/library.h"
#include "tests/support/test_data.h"

namespace gamut::doctor::test {

/// Songs of the built-in music, from different artists.
inline std::vector<demo::Samples> compose(std::size_t count, double seconds) {
  demo::LibraryOptions options;
  options.song_seconds = seconds;
  const std::vector<demo::Song> plan = demo::plan_library(options);
  std::vector<demo::Samples> songs;
  for (std::size_t i = 0; i < count; ++i) {
    songs.push_back(demo::compose_song(plan[i * 24 % plan.size() + i / 16], seconds, options.seed));
  }
  return songs;
}

inline void write(const std::filesystem::path& path, const demo::Samples& samples) {
  audio::encode(path, samples, demo::kSampleRateHz);
}

inline catalogue::Song make_song(const std::filesystem::path& path) {
  catalogue::Song song;
  song.name = path.filename().string();
  song.path = path;
  song.genres = {"Music"};
  return song;
}

/// The files as a library; songs in the order given.
inline std::vector<catalogue::Song> put_library(catalogue::Catalogue& catalogue,
                                                const std::vector<std::filesystem::path>& paths) {
  std::vector<catalogue::Song> songs;
  for (const std::filesystem::path& path : paths) songs.push_back(make_song(path));
  catalogue::ImportReport report;
  catalogue.put_songs(songs, report);
  return catalogue.songs();
}

}  // namespace gamut::doctor::test
