#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/declared_length.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenreTag = "genre---";

/// The file of a track: as the TSV has it, or its low-bitrate copy, 14/214.low.mp3.
fs::path audio_file(const fs::path& folder, const std::string& name, bool look) {
  fs::path path = (folder / name).lexically_normal();
  if (!look || fs::exists(path)) return path;
  fs::path low = path;
  low.replace_extension(".low" + path.extension().string());
  return fs::exists(low) ? low : path;
}

}  // namespace

Source read_jamendo(const fs::path& tsv, const ImportOptions& options) {
  const fs::path folder = options.audio
                              ? library_folder(*options.audio, "give the folder that holds 14/214.mp3")
                              : fs::absolute(tsv).lexically_normal().parent_path();
  CsvReader csv(tsv, CsvFormat{.separator = '\t', .quotes = false, .open_ended = true});
  for (const char* column : {"TRACK_ID", "ARTIST_ID", "ALBUM_ID", "PATH", "TAGS"}) {
    if (csv.has_column(column)) continue;
    throw CatalogueError(printable(tsv.string()) + ": no column `" + column +
                             "`; MTG-Jamendo's have TRACK_ID, ARTIST_ID, ALBUM_ID, PATH, DURATION and TAGS",
                         tsv);
  }
  const bool has_lengths = csv.has_column("DURATION");
  Source source;
  DeclaredLengths lengths;
  while (csv.next()) {
    const std::string& name = csv["PATH"];
    std::string fault = csv.fault();
    if (fault.empty() && trim(name).empty()) fault = "the path is empty";
    if (!fault.empty()) {
      source.faults.push_back(at_line(tsv, csv.line(), fault));
      continue;
    }
    SourceSong song;
    song.where = at_line(tsv, csv.line(), csv["TRACK_ID"]);
    song.key = csv["TRACK_ID"];
    song.song.name = name;
    song.song.path = audio_file(folder, name, options.check_files);
    song.song.artist = csv["ARTIST_ID"];
    song.song.album = csv["ALBUM_ID"];
    // The low-bitrate copies are whole tracks, too.
    if (has_lengths) song.song.declared_s = lengths.read(csv["DURATION"], tsv, csv.line());
    for (std::size_t i = csv.columns().size() - 1; i < csv.fields().size(); ++i) {
      const std::string_view tag = trim(csv.fields()[i]);
      if (tag.starts_with(kGenreTag)) song.labels.emplace_back(tag.substr(kGenreTag.size()));
    }
    source.songs.push_back(std::move(song));
  }
  lengths.warn(source.warnings);
  return source;
}

}  // namespace gamut::catalogue
