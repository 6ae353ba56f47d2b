#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "gamut/catalogue/split.h"
#include "gamut/core/random.h"

namespace gamut::catalogue::test {

inline void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline Song make_song(const std::string& name, const std::string& artist, const std::string& album,
                      const std::vector<std::string>& genres) {
  Song song;
  song.name = name;
  song.path = "/music/" + name;
  song.artist = artist;
  song.album = album;
  song.genres = genres;
  return song;
}

/// A random library: artists with albums of unequal sizes; an album's songs share its one to three genres.
inline std::vector<Song> random_library(std::uint64_t seed, int artists, int genres) {
  Random random(seed, "library");
  std::vector<Song> songs;
  for (int artist = 0; artist < artists; ++artist) {
    const int albums = 1 + static_cast<int>(random.below(3));
    for (int album = 0; album < albums; ++album) {
      std::vector<std::string> labels;
      for (int n = 1 + static_cast<int>(random.below(3)); n > 0; --n) {
        // The square makes some genres much rarer than others.
        const double u = random.uniform();
        labels.push_back("genre " + std::to_string(static_cast<int>(u * u * genres)));
      }
      std::sort(labels.begin(), labels.end());
      labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
      const int tracks = 1 + static_cast<int>(random.below(18));
      const std::string folder = "artist " + std::to_string(artist) + "/album " + std::to_string(album);
      for (int track = 0; track < tracks; ++track) {
        songs.push_back(make_song(folder + "/" + std::to_string(track) + ".flac",
                                  "artist " + std::to_string(artist), "album " + std::to_string(album),
                                  labels));
      }
    }
  }
  return songs;
}

inline std::vector<std::string> all_genres(const std::vector<Song>& songs) {
  return choose_genres(songs, {.top = 1000, .list = {}, .exclude = {}});
}

/// What a call throws, as text; "" where it throws nothing of that type.
template <class Exception, class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace gamut::catalogue::test
