#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "gamut/catalogue/source.h"

namespace gamut::catalogue {

/// Reads a data set's split from three lists, train, validation and test, and stores each song's part; songs
/// in none of them keep none, whatever the source said.
///
/// A line names one song by the text before its first tab: the data set's identifier (MTG-Jamendo's TSV
/// files, whose header is passed over), or a path of which the stem counts (GTZAN's fault-filtered lists).
/// Lines that no song answers to, and songs in no list, are counted in one warning each.
///
/// @throws CatalogueError  not three files, or listing every line whose song another line has.
void read_published_split(std::span<const std::filesystem::path> lists, std::vector<SourceSong>& songs,
                          std::vector<std::string>& warnings);

/// Writes the parts of those songs that have one, as save_split does, with every genre that one of them has.
/// @param part_of  by the song's path.
/// @return the number of songs written.
std::int64_t write_published_split(const std::filesystem::path& path, std::vector<Song> songs,
                                   const std::unordered_map<std::string, std::optional<Part>>& part_of);

}  // namespace gamut::catalogue
