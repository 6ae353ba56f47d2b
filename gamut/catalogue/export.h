#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <unordered_map>

#include "gamut/catalogue/catalogue.h"

namespace gamut::catalogue {

/// The songs as the CSV that import_csv() reads: song,path,artist,album,title,subgenres,genres,duration.
/// Imported into an empty catalogue it gives the same songs under the same names.
///
/// Here and in JAMS the duration is the one that the songs' source declared, empty where it declared none.
/// One that was measured would come back as a declaration that always holds, and nothing would tell any more
/// that a file is not the song it should be.
/// @throws CatalogueError  a label that contains ";", which separates labels.
std::string songs_as_csv(std::span<const Song> songs);

/// The songs as a TSV in MTG-Jamendo's form: genres as `genre---<genre>`, the catalogue's numbers as tracks.
/// Identifiers of artists and albums stay where all songs come from such a file; otherwise they are numbers
/// given in order, one for all songs of an artist or album, and one for each song that has none. Names,
/// titles and subgenres are lost.
/// @param audio       the paths count from here.
/// @param measured_s  seconds that were decoded, by the songs' ids. They go before declared ones, since
///                    programs that read the form choose excerpts by them; 0.0 is written where both are
///                    unknown.
/// @throws CatalogueError  a path or genre that contains a tab or a newline, or a path that is not below
/// `audio`.
std::string songs_as_jamendo(std::span<const Song> songs, const std::filesystem::path& audio,
                             const std::unordered_map<std::int64_t, double>& measured_s = {});

/// One song as a JAMS document: genres in the namespace tag_open, the declared length as `duration`;
/// `sandbox` has what JAMS has no place for,
/// our name, the path and the subgenres. Imported, it gives the same song.
Json song_as_jams(const Song& song);

}  // namespace gamut::catalogue
