// A small library of the built-in music, to train a model for the page's test. Usage: gamut_page_music FOLDER
#include "gamut/demo/demo.h"

int main(int /*argc*/, char** argv) {
  gamut::demo::compose_library(
      argv[1], {.artists_per_subgenre = 1, .albums_per_artist = 2, .songs_per_album = 1, .song_seconds = 8},
      /*jobs=*/2);
}
