#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/catalogue/catalogue.h"

namespace gamut::catalogue {

/// What must stay together in one part of a split.
enum class GroupBy { none, album, artist };
std::string_view to_string(GroupBy group_by);
/// @throws ParameterError  a word that is none of none, album, artist.
GroupBy parse_group_by(std::string_view word);

/// The group of a song that has none: its album or artist is unknown.
inline constexpr std::size_t kNoGroup = static_cast<std::size_t>(-1);

/// Numbers 0 … groups - 1, one a song, in order of first appearance.
struct Groups {
  std::vector<std::size_t> of_song;  ///< kNoGroup where the field is empty
  std::size_t count = 0;
};

/// Which songs belong to one album.
///
/// Two songs are of one album where the album's title is the same and they share the artist or the folder,
/// and so is whatever hangs together through such pairs. So the "Greatest Hits" of two artists are two
/// albums, a compilation of many artists in one folder is one, and so is a set whose discs lie in folders of
/// their own. Where the rule errs (two albums of one title thrown into one folder) it joins too much, which
/// leaks nothing.
Groups album_groups(std::span<const Song> songs);

/// The name of each song's album, another for every one of album_groups(): the title, and where several
/// albums have it the artist of the album's first song too: "Greatest Hits (Queen)". Empty without an album.
std::vector<std::string> album_names(std::span<const Song> songs);

/// Songs of one artist, by the name exactly as the catalogue has it.
Groups artist_groups(std::span<const Song> songs);

/// The groups for a choice; `none` makes every song its own.
Groups make_groups(std::span<const Song> songs, GroupBy group_by);

}  // namespace gamut::catalogue
