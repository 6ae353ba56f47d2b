#include "gamut/tagging/neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/npy.h"
#include "gamut/core/text.h"

namespace gamut::tagging {

namespace fs = std::filesystem;

fs::path neighbour_songs_file(const fs::path& directory) {
  return directory / "neighbours" / "songs.csv";
}

fs::path neighbour_embeddings_file(const fs::path& directory, const std::string& network_file) {
  return directory / "neighbours" / (fs::path(network_file).stem().string() + ".npy");
}

std::vector<Neighbour> find_neighbours(const fs::path& directory, const GenreCard& genre,
                                       std::span<const float> embedding, std::size_t n) {
  std::error_code failure;
  if (!fs::exists(neighbour_songs_file(directory), failure) && !failure) return {};
  std::vector<Neighbour> songs;
  CsvReader csv(neighbour_songs_file(directory));
  while (csv.next()) songs.push_back({csv["song"], csv["artist"], csv["album"], csv["genres"], 0});

  const fs::path file = neighbour_embeddings_file(directory, genre.network);
  const FloatArray known = load_npy_float(file);
  if (known.shape != std::vector{songs.size(), embedding.size()}) {
    throw ModelError(fmt::format("{}: its shape is not {} songs by {} features; export the model again",
                                 printable(file.string()), songs.size(), embedding.size()),
                     file);
  }
  const double length =
      std::sqrt(std::inner_product(embedding.begin(), embedding.end(), embedding.begin(), 0.0));
  for (std::size_t i = 0; i < songs.size() && length > 0; ++i) {
    const float* row = known.values.data() + i * embedding.size();
    songs[i].similarity = std::inner_product(embedding.begin(), embedding.end(), row, 0.0) / length;
  }
  std::stable_sort(songs.begin(), songs.end(),
                   [](const Neighbour& a, const Neighbour& b) { return a.similarity > b.similarity; });
  songs.resize(std::min(n, songs.size()));
  return songs;
}

}  // namespace gamut::tagging
