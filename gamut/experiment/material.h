#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gamut/catalogue/split.h"
#include "gamut/experiment/config.h"
#include "gamut/features/picture_store.h"

namespace gamut::experiment {

/// What of the library an experiment uses, and what it leaves out.
struct Selection {
  std::vector<catalogue::Song>
      songs;                      ///< with at least one of the genres, and usable audio where that is known
  catalogue::LabelMatrix labels;  ///< of `songs` over the chosen genres
  catalogue::GenreConsequences genre_consequences;  ///< of the choice, whatever the songs' audio
  std::int64_t in_catalogue = 0;
  std::int64_t labelled = 0;        ///< with any genre at all
  std::int64_t outside_genres = 0;  ///< labelled, with none of the chosen genres
  std::int64_t partial_left_out = 0;
  std::int64_t failed = 0;
  std::int64_t left_out_of_split = 0;  ///< that the experiment's split file lacks, where it leaves these out
  /// What the experiment's split file says of `songs`; empty where it names none.
  std::vector<std::optional<catalogue::Part>> kept;
  std::int64_t strangers = 0;  ///< songs of that file that are not among `songs`
};

/// Chooses genres and songs. Songs whose extraction failed, or was partial where the experiment does not
/// include those, are left out as far as the catalogue knows them.
/// @throws FileError       the experiment's split file is missing or unreadable.
/// @throws CatalogueError  an empty library, no song left, or a malformed split file.
Selection select_songs(catalogue::Catalogue& catalogue, const ExperimentConfig& config);

/// One picture set with the rows of the selection's songs, in their order: one a song, or one a segment.
struct SongPictures {
  features::PictureStore store;
  std::vector<std::vector<std::size_t>> rows;
};

/// @throws CatalogueError  a song without a picture.
SongPictures open_pictures(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                           const spectra::FrontEndOptions& front_end,
                           const std::vector<catalogue::Song>& songs);

}  // namespace gamut::experiment
