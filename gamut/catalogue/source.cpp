#include "gamut/catalogue/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/published_split.h"
#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/text.h"
#include "gamut/tags/genre_field.h"

namespace gamut::catalogue {
namespace {

void add_labels(SourceSong& source, bool labels_are_fields, LabelMap& map, ImportReport& report) {
  const auto is_known = [&](std::string_view text) { return map.knows(text); };
  std::vector<std::string> unknown;
  for (const std::string& field : source.labels) {
    const auto values =
        labels_are_fields ? tags::split_genre_field(field, is_known) : std::vector<std::string>{field};
    for (const std::string& value : values) {
      if (!map.label(source.song, value)) unknown.push_back(map.spelling(value));
    }
  }
  std::sort(unknown.begin(), unknown.end());
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
  for (const std::string& value : unknown) ++report.unmapped[value];
}

/// What speaks against each song's file, "" where nothing does. Reading a library takes long, so files are
/// compared with their checksums side by side.
std::vector<std::string> file_faults(const std::vector<SourceSong>& songs, const ImportOptions& options) {
  std::vector<std::string> faults(songs.size());
  if (!options.check_files) return faults;
  std::transform(songs.begin(), songs.end(), faults.begin(),
                 [](const SourceSong& song) { return file_fault(song.song.path); });
  if (!options.verify) return faults;
  parallel_for(songs.size(), available_cores(), [&](std::size_t i) {
    check_interrupted();
    if (songs[i].md5.empty() || !faults[i].empty()) return;
    const std::string md5 = md5_file(songs[i].song.path);
    if (md5 == songs[i].md5) return;
    faults[i] = fmt::format("{} is not the file that the source describes: its MD5 is {}, there it is {}",
                            printable(songs[i].song.path.string()), md5, printable(songs[i].md5));
  });
  return faults;
}

}  // namespace

std::string at_line(const std::filesystem::path& file, std::size_t line, const std::string& message) {
  return fmt::format("{}:{}: {}", printable(file.string()), line, message);
}

ImportReport import_songs(Catalogue& catalogue, Source source, const ImportOptions& options) {
  ImportReport report;
  report.faults = std::move(source.faults);
  report.warnings = std::move(source.warnings);
  if (options.taxonomy) {
    source.taxonomy = Taxonomy::load(*options.taxonomy);
    source.genres.clear();
    const auto warnings = taxonomy_warnings(*source.taxonomy, *options.taxonomy);
    report.warnings.insert(report.warnings.end(), warnings.begin(), warnings.end());
  }
  if (options.verify && std::all_of(source.songs.begin(), source.songs.end(),
                                    [](const SourceSong& song) { return song.md5.empty(); })) {
    throw CatalogueError("this source has no checksums of its files; leave out --verify", source.path);
  }
  LabelMap map(source.taxonomy, source.genres, options.aliases);
  if (!options.published_split.empty()) {
    read_published_split(options.published_split, source.songs, report.warnings);
  }
  if (options.write_split && std::none_of(source.songs.begin(), source.songs.end(),
                                          [](const SourceSong& song) { return song.part.has_value(); })) {
    throw CatalogueError(
        "this source says of no song in which part of a split it is; give the published lists with "
        "--published-split TRAIN VALIDATION TEST, or leave out --write-split",
        *options.write_split);
  }

  std::vector<Song> songs;
  std::vector<std::string> faulty;
  std::unordered_map<std::string, std::optional<Part>> part_of;
  std::vector<std::string> file_faults_of_song = file_faults(source.songs, options);
  for (std::size_t i = 0; i < source.songs.size(); ++i) {
    SourceSong& each = source.songs[i];
    std::string fault = std::move(file_faults_of_song[i]);
    if (fault.empty() && !part_of.try_emplace(each.song.path.string(), each.part).second) {
      fault = "an earlier song has the same path: " + printable(each.song.path.string());
    }
    if (!fault.empty()) {
      report.faults.push_back(each.where.empty() ? fault : each.where + ": " + fault);
      faulty.push_back(each.song.path.string());
      continue;
    }
    add_labels(each, source.labels_are_fields, map, report);
    songs.push_back(std::move(each.song));
  }
  catalogue.put_songs(songs, report,
                      song_source(source.path, std::move(faulty), report.faults.size(), options));
  if (options.write_split) {
    report.split_songs = write_published_split(*options.write_split, catalogue.songs(), part_of);
  }
  return report;
}

}  // namespace gamut::catalogue
