#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/declared_length.h"
#include "gamut/catalogue/source.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

/// Each holds the ones before it.
constexpr std::array<std::string_view, 3> kSubsets = {"small", "medium", "large"};

std::size_t subset_rank(std::string_view subset) {
  return static_cast<std::size_t>(std::find(kSubsets.begin(), kSubsets.end(), subset) - kSubsets.begin());
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [last, failure] = std::from_chars(text.data(), end, value);
  if (text.empty() || failure != std::errc{} || last != end) return std::nullopt;
  return value;
}

/// "[21, 10]" gives 21, 10.
std::vector<std::string> list_literal(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  if (text.ends_with(']')) text.remove_suffix(1);
  return split_list(text, ',');
}

void need_columns(const CsvReader& csv, const fs::path& path, std::initializer_list<const char*> columns) {
  for (const char* column : columns) {
    if (csv.has_column(column)) continue;
    throw CatalogueError(fmt::format("{}: no column `{}`; this is not the file of FMA's fma_metadata",
                                     printable(path.string()), column),
                         path);
  }
}

/// Titles by genre number; fills in the taxonomy: a genre that is not its own top level is a subgenre of it.
std::map<std::string, std::string> read_genres(const fs::path& path, Source& source) {
  struct Row {
    std::size_t line;
    std::string title, top;
  };
  CsvReader csv(path);
  need_columns(csv, path, {"genre_id", "title", "top_level"});
  std::map<std::string, std::string> titles;
  std::vector<Row> rows;
  while (csv.next()) {
    if (!csv.fault().empty()) {
      source.faults.push_back(at_line(path, csv.line(), csv.fault()));
      continue;
    }
    titles[csv["genre_id"]] = trim(csv["title"]);
    rows.push_back({csv.line(), std::string(trim(csv["title"])), csv["top_level"]});
  }
  source.taxonomy.emplace();
  for (const Row& row : rows) {
    const auto top = titles.find(row.top);
    if (top == titles.end()) {
      source.faults.push_back(at_line(path, row.line, "the top level is no genre: " + printable(row.top)));
    } else if (top->second == row.title) {
      source.genres.push_back(row.title);
    } else {
      source.taxonomy->add(row.title, top->second);
    }
  }
  return titles;
}

/// Where the audio of `subset` (empty: any) is: a folder fma_<subset> in or beside the metadata's.
fs::path audio_folder(const fs::path& root, const fs::path& metadata, const std::string& subset) {
  const std::array<std::string, 4> all = {"full", "large", "medium", "small"};
  for (const fs::path& parent : {root, metadata.parent_path()}) {
    for (const std::string& name : all) {
      fs::path folder = parent / ("fma_" + name);
      const bool holds = subset.empty() || name == "full" || subset_rank(name) >= subset_rank(subset);
      if (holds && fs::is_directory(folder)) return folder;
    }
  }
  return root;
}

/// What FMA says of the length of its files. `track.duration` is that of the whole track, which only fma_full
/// has; in the other folders are clips of 30 s from the middle of it. Of a folder with another name nothing
/// is known.
/// @source https://github.com/mdeff/fma, creation.py, trim_audio.
enum class Extent { whole, clip, unknown };
constexpr double kClipS = 30;

Extent extent_of(const std::string& folder_name) {
  if (folder_name == "fma_full") return Extent::whole;
  const bool is_subset =
      folder_name.starts_with("fma_") && subset_rank(folder_name.substr(4)) < kSubsets.size();
  return is_subset ? Extent::clip : Extent::unknown;
}

}  // namespace

Source read_fma(const fs::path& given, const ImportOptions& options) {
  const fs::path root = library_folder(given, "give the folder that holds fma_metadata");
  const fs::path metadata = fs::exists(root / "fma_metadata") ? root / "fma_metadata" : root;
  std::string subset = options.subset;
  if (!subset.empty() && subset_rank(subset) == kSubsets.size()) {
    throw ParameterError(fmt::format("the subset is \"{}\"; FMA has small, medium and large", subset));
  }
  const fs::path audio = options.audio
                             ? library_folder(*options.audio, "give the folder that holds 000/000002.mp3")
                             : audio_folder(root, metadata, subset);
  const std::string folder_name = audio.filename().string();
  if (subset.empty() && folder_name.starts_with("fma_")) subset = folder_name.substr(4);
  const Extent extent = extent_of(folder_name);

  Source source;
  DeclaredLengths lengths;
  const auto titles = read_genres(metadata / "genres.csv", source);
  const fs::path path = metadata / "tracks.csv";
  CsvReader csv(path, CsvFormat{.header_rows = 2});
  need_columns(csv, path, {"set.split", "set.subset", "track.genre_top", "track.genres", "track.title"});
  auto optional_field = [&](std::string_view column) {
    return csv.has_column(column) ? std::string(trim(csv[column])) : std::string();
  };
  while (csv.next()) {
    const std::string id(csv.fields()[0]);
    if (id == "track_id") continue;  // pandas names the index in a row of its own
    auto fault = [&](const std::string& what) { source.faults.push_back(at_line(path, csv.line(), what)); };
    const std::optional<int> number = whole_number(id);
    if (!csv.fault().empty()) {
      fault(csv.fault());
      continue;
    }
    if (!number || *number < 0 || *number > 999999) {
      fault("the track number is not one of up to six digits: " + printable(id));
      continue;
    }
    if (!subset.empty() && subset_rank(csv["set.subset"]) > subset_rank(subset)) continue;
    SourceSong song;
    song.where = at_line(path, csv.line(), "track " + id);
    song.key = id;
    song.song.name = fmt::format("{:03}/{:06}.mp3", *number / 1000, *number);
    song.song.path = audio / song.song.name;
    song.song.artist = optional_field("artist.name");
    song.song.album = optional_field("album.title");
    song.song.title = optional_field("track.title");
    if (extent == Extent::clip) song.song.declared_s = kClipS;
    if (extent == Extent::whole) {
      song.song.declared_s = lengths.read(optional_field("track.duration"), path, csv.line());
    }
    for (const std::string& genre : list_literal(csv["track.genres"])) {
      const auto title = titles.find(genre);
      if (title == titles.end()) {
        fault("the genre is not in genres.csv: " + printable(genre));
      } else {
        song.labels.push_back(title->second);
      }
    }
    if (song.labels.empty() && !csv["track.genre_top"].empty()) song.labels = {csv["track.genre_top"]};
    const std::string& split = csv["set.split"];
    if (split == "training") song.part = Part::train;
    if (split == "validation") song.part = Part::validation;
    if (split == "test") song.part = Part::test;
    source.songs.push_back(std::move(song));
  }
  lengths.warn(source.warnings);
  return source;
}

}  // namespace gamut::catalogue
