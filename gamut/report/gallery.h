#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/evaluation/predictions.h"

namespace gamut::report {

inline constexpr std::size_t kGalleryPictureBytes = 12'288;  ///< of one picture as PNG, at most

/// A test song that the gallery shows for a genre.
struct Showpiece {
  std::string genre;
  bool is_hit = false;     ///< among the best predictions; else among the worst
  bool has_genre = false;  ///< the truth
  double score = 0;        ///< in [0, 1]
  std::string song;        ///< the predictions' name of it
  // What the run adds; empty where unknown.
  std::string title, artist;
  std::string picture;  ///< PNG file in the gallery's folder
  std::string audio;    ///< path from the run's folder
};

/// The best and worst predictions of every genre. Best: songs of the genre that were given it, highest score
/// first. Worst: songs decided wrongly, furthest from the truth first. Of equals the first in the file; fewer
/// where there are fewer.
///
/// @param predictions  the test songs.
/// @param count        of each kind a genre, at most.
std::vector<Showpiece> choose_showpieces(const evaluation::Predictions& predictions, std::size_t count = 3);

/// The folder RUN/gallery, which a run writes when it ends.
std::filesystem::path gallery_directory(const std::filesystem::path& run_directory);

/// Writes RUN/gallery/gallery.json.
void save_gallery(const std::filesystem::path& run_directory, const std::vector<Showpiece>& showpieces);

/// Reads it; none where the run has no gallery.
/// @throws FileError  the file is malformed.
std::vector<Showpiece> load_gallery(const std::filesystem::path& run_directory);

/// A file's address from a page in `page_directory`: relative and percent-encoded. Empty where the only way
/// leads over the root directory: it would spell out where things are on this machine.
///
/// @param page_directory, file  absolute, or both relative to the same folder.
std::string relative_link(const std::filesystem::path& page_directory, const std::filesystem::path& file);

}  // namespace gamut::report
