#include "gamut/demo/library.h"

#include <algorithm>
#include <array>

#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/core/text.h"
#include "gamut/demo/names.h"
#include "gamut/demo/recipe.h"

namespace gamut::demo {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".mp3", ".m4a", ".flac"};
constexpr int kCrossoverEvery = 6;  // albums

bool share_a_genre(const Recipe& a, const Recipe& b) {
  return std::any_of(a.genres.begin(), a.genres.end(), [&](const std::string& genre) {
    return std::find(b.genres.begin(), b.genres.end(), genre) != b.genres.end();
  });
}

/// Deals the partners of crossovers so that all genres get as many.
class PartnerDeck {
 public:
  explicit PartnerDeck(Random& random) : random_(random) {}

  std::string deal(const Recipe& home) {
    while (true) {
      const auto fits = [&](const Recipe* r) { return !share_a_genre(*r, home); };
      const auto found = std::find_if(deck_.begin(), deck_.end(), fits);
      if (found != deck_.end()) {
        std::string subgenre = (*found)->subgenre;
        deck_.erase(found);
        return subgenre;
      }
      std::vector<const Recipe*> fresh;
      for (const Recipe& recipe : recipes())
        if (recipe.genres.size() == 1) fresh.push_back(&recipe);
      random_.shuffle(std::span(fresh));
      deck_.insert(deck_.end(), fresh.begin(), fresh.end());
    }
  }

 private:
  Random& random_;
  std::vector<const Recipe*> deck_;
};

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

void LibraryOptions::validate() const {
  std::vector<std::string> faults;
  const auto check = [&](const char* name, double value, double low, double high, const char* unit) {
    if (!(value >= low && value <= high))
      faults.push_back(std::string(name) + " is " + format_number(value) + " and must lie between " +
                       format_number(low) + " and " + format_number(high) + unit);
  };
  const int most_per_subgenre = kMostArtists / static_cast<int>(recipes().size());
  check("artists_per_subgenre", artists_per_subgenre, 1, most_per_subgenre, "");
  check("albums_per_artist", albums_per_artist, 1, 99, "");
  check("songs_per_album", songs_per_album, 1, 99, "");
  check("song_seconds", song_seconds, 3, 600, " s");
  if (!faults.empty()) throw ParameterError("the built-in music cannot be composed: " + join(faults, "; "));
}

std::vector<Song> plan_library(const LibraryOptions& options) {
  options.validate();
  Random random(options.seed, "library");
  const auto n_artists = static_cast<int>(recipes().size()) * options.artists_per_subgenre;
  const std::vector<std::string> artists = make_artist_names(n_artists, random);
  PartnerDeck partners(random);
  std::vector<Song> songs;
  int n_albums = 0, n_single_genre_albums = 0;
  for (int a = 0; a < n_artists; ++a) {
    // Subgenre after subgenre within each round, so that crossovers fall on all of them in turn.
    const Recipe& home = recipes()[static_cast<std::size_t>(a) % recipes().size()];
    const std::vector<std::string> albums = make_titles(options.albums_per_artist, random);
    for (const std::string& album : albums) {
      std::vector<std::string> subgenres{home.subgenre};
      if (home.genres.size() == 1 && ++n_single_genre_albums % kCrossoverEvery == 0)
        subgenres.push_back(partners.deal(home));
      const std::string_view extension =
          kExtensions[static_cast<std::size_t>(n_albums++) % kExtensions.size()];
      const std::vector<std::string> titles = make_titles(options.songs_per_album, random);
      for (int track = 1; track <= options.songs_per_album; ++track) {
        Song song{.artist = artists[static_cast<std::size_t>(a)],
                  .album = album,
                  .title = titles[static_cast<std::size_t>(track - 1)],
                  .track = track,
                  .subgenres = subgenres,
                  .file = {}};
        song.file = "audio/" + song.artist + "/" + song.album + "/" + two_digits(track) + " " + song.title +
                    std::string(extension);
        songs.push_back(std::move(song));
      }
    }
  }
  return songs;
}

std::vector<std::string> genres_of(const Song& song) {
  std::vector<std::string> genres;
  for (const std::string& subgenre : song.subgenres)
    for (const std::string& genre : recipe_of(subgenre).genres)
      if (std::find(genres.begin(), genres.end(), genre) == genres.end()) genres.push_back(genre);
  return genres;
}

}  // namespace gamut::demo
