#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gamut::cli {

/// What one step with a large library cost, in a process of its own.
struct CatalogueStep {
  std::string step;
  std::int64_t songs = 0;
  double wall_s = 0, cpu_s = 0;
  std::int64_t peak_bytes = 0;  ///< largest resident set of the process (VmHWM)
};

/// Times what the verbs import, genres, split and audit do with a library of generated rows: artists of up to
/// five albums of 6 to 14 songs, an album's songs with the same one to three subgenres of the default
/// taxonomy, some of them much rarer than others. There is no audio. The split is by album, over the 16
/// largest genres.
/// @param folder  for the files; they are left there.
/// @throws Error  a step failed; its message is on standard error.
std::vector<CatalogueStep> benchmark_catalogue(const std::filesystem::path& folder, std::int64_t songs);

/// Times the import of a TSV in MTG-Jamendo's shape.
CatalogueStep benchmark_jamendo(const std::filesystem::path& folder, std::int64_t songs);

}  // namespace gamut::cli
