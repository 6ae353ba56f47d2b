// Genres of recordings, best first: predict MODEL AUDIO…
#include <cstdio>

#include "gamut/core/error.h"
#include "gamut/tagging/model.h"
#include "gamut/tagging/prediction_json.h"

int main(int argc, char** argv) try {
  if (argc < 3) throw gamut::ParameterError("usage: predict MODEL AUDIO…");
  const gamut::tagging::Model model(argv[1]);
  for (int i = 2; i < argc; ++i) {
    std::printf("%s\n", argv[i]);
    for (const auto& genre : best_first(model.predict(argv[i]))) {
      std::printf("%c %.3f %s\n", genre.given ? '*' : ' ', genre.score, genre.genre.c_str());
    }
  }
} catch (const gamut::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
