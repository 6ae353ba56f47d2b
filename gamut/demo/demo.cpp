#include "gamut/demo/demo.h"

#include "gamut/audio/encode.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/demo/library.h"
#include "gamut/demo/recipe.h"

namespace gamut::demo {
namespace {

namespace fs = std::filesystem;

/// Rises whenever the same options give other samples.
constexpr int kMusicVersion = 1;

Json to_json(const LibraryOptions& options) {
  return {{"music_version", kMusicVersion},
          {"artists_per_subgenre", options.artists_per_subgenre},
          {"albums_per_artist", options.albums_per_artist},
          {"songs_per_album", options.songs_per_album},
          {"song_seconds", options.song_seconds},
          {"seed", options.seed}};
}

void claim_folder(const fs::path& folder, const LibraryOptions& options) {
  const fs::path path = folder / "library.json";
  const Json wanted = to_json(options);
  if (!fs::exists(path)) return save_json(path, wanted);
  if (const Json found = load_json(path); found != wanted)
    throw ParameterError("the built-in library in " + printable(folder.string()) + " was made with " +
                             dump_json(found) + ", not with " + dump_json(wanted) +
                             "; choose another folder or remove this one",
                         folder);
}

/// A file under its own name is always whole, because encode() sees to it.
void write_song(const fs::path& folder, const Song& song, const LibraryOptions& options) {
  const fs::path path = folder / song.file;
  if (fs::exists(path)) return;
  audio::encode(
      path, compose_song(song, options.song_seconds, options.seed), kSampleRateHz,
      {.title = song.title, .artist = song.artist, .album = song.album, .genre = join(song.subgenres, "; ")});
}

std::string taxonomy_csv() {
  std::string text = csv_row({"subgenre", "genre"});
  for (const Recipe& recipe : recipes())
    for (const std::string& genre : recipe.genres) text += csv_row({recipe.subgenre, genre});
  return text;
}

std::string songs_csv(const std::vector<Song>& songs) {
  std::string text = csv_row({"path", "artist", "album", "title", "subgenres"});
  for (const Song& song : songs)
    text += csv_row({song.file, song.artist, song.album, song.title, join(song.subgenres, "; ")});
  return text;
}

}  // namespace

void compose_library(const fs::path& folder, const LibraryOptions& options, int jobs) {
  const std::vector<Song> songs = plan_library(options);
  claim_folder(folder, options);
  save_atomically(folder / "taxonomy.csv", taxonomy_csv());
  Progress progress("composing", songs.size());
  parallel_for(songs.size(), jobs, [&](std::size_t i) {
    check_interrupted();
    write_song(folder, songs[i], options);
    progress.advance();
  });
  save_atomically(folder / "songs.csv", songs_csv(songs));
}

}  // namespace gamut::demo
