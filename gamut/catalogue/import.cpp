#include "gamut/catalogue/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "gamut/catalogue/audio_files.h"
#include "gamut/catalogue/declared_length.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// "a;b;a" gives a, b.
std::vector<std::string> label_list(const std::string& field) {
  std::vector<std::string> labels;
  for (auto& label : split_list(field, ';')) {
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(std::move(label));
  }
  return labels;
}

class CsvImport {
 public:
  CsvImport(const std::filesystem::path& path, const ImportOptions& options)
      : csv_(path), path_(path), name_(printable(path.string())), options_(options) {
    folder_ = std::filesystem::absolute(path).parent_path();
    check_columns();
    if (options.taxonomy) {
      taxonomy_ = Taxonomy::load(*options.taxonomy);
      report_.warnings = taxonomy_warnings(*taxonomy_, *options.taxonomy);
    }
  }

  ImportReport run(Catalogue& catalogue) {
    std::vector<Song> songs;
    std::vector<std::string> faulty;
    while (csv_.next()) {
      std::vector<std::string> faults;
      Song song = read_row(faults);
      if (faults.empty()) {
        songs.push_back(std::move(song));
      } else {
        report_.faults.push_back(at_line(join(faults, "; ")));
        if (!song.path.empty()) faulty.push_back(song.path.string());
      }
    }
    lengths_.warn(report_.warnings);
    catalogue.put_songs(songs, report_,
                        song_source(path_, std::move(faulty), report_.faults.size(), options_));
    return std::move(report_);
  }

 private:
  std::string at_line(const std::string& message) const {
    return fmt::format("{}:{}: {}", name_, csv_.line(), message);
  }

  std::string optional_field(std::string_view column) const {
    return csv_.has_column(column) ? csv_[column] : std::string();
  }

  void check_columns() {
    for (const char* column : {"duration_s", "duration"}) {
      if (csv_.has_column(column)) length_column_ = column;
    }
    const bool has_labels = csv_.has_column("subgenres") || csv_.has_column("genres");
    if (csv_.has_column("path") && has_labels) return;
    std::vector<std::string> columns;
    for (const auto& column : csv_.columns()) columns.push_back(printable(column));
    throw CatalogueError(
        fmt::format("{}: a catalogue needs the columns `path` and `subgenres` or `genres`; this file "
                    "has {}",
                    name_, join(columns, ",")),
        path_);
  }

  Song read_row(std::vector<std::string>& faults) {
    if (!csv_.fault().empty()) {
      faults.push_back(csv_.fault());
      return {};
    }
    Song song;
    read_path(song, faults);
    read_labels(song, faults);
    song.artist = trim(optional_field("artist"));
    song.album = trim(optional_field("album"));
    song.title = trim(optional_field("title"));
    if (length_column_) song.declared_s = lengths_.read(csv_[length_column_], path_, csv_.line());
    return song;
  }

  void read_path(Song& song, std::vector<std::string>& faults) {
    song.name = csv_["path"];
    if (trim(song.name).empty()) {
      faults.push_back("the path is empty");
      return;
    }
    if (song.name.find('\0') != std::string::npos) {
      faults.push_back("the path contains a NUL byte");
      return;
    }
    song.path = (folder_ / song.name).lexically_normal();
    if (std::string name = optional_field("song"); !trim(name).empty()) song.name = std::move(name);
    auto [first, is_new] = line_of_.try_emplace(song.path.string(), csv_.line());
    if (!is_new) {
      faults.push_back(
          fmt::format("duplicate path, first on line {}: {}", first->second, printable(csv_["path"])));
    } else if (options_.check_files) {
      std::string fault = file_fault(song.path);
      if (!fault.empty()) faults.push_back(std::move(fault));
    }
  }

  void read_labels(Song& song, std::vector<std::string>& faults) {
    song.subgenres = label_list(optional_field("subgenres"));
    if (!song.subgenres.empty() && !taxonomy_ && !csv_.has_column("genres")) {
      throw CatalogueError(
          at_line("subgenres need a taxonomy that says which genres they belong to; give --taxonomy "
                  "FILE, a CSV with the columns subgenre,genre"),
          path_);
    }
    std::vector<std::string> unknown;
    for (const auto& subgenre : song.subgenres) {
      if (taxonomy_ && !taxonomy_->contains(subgenre)) unknown.push_back('"' + printable(subgenre) + '"');
    }
    if (!unknown.empty()) {
      faults.push_back(fmt::format("unknown subgenre {}, not in {}", join_words(unknown),
                                   printable(options_.taxonomy->string())));
    }
    if (song.subgenres.size() > kMaxSubgenresPerSong) {
      report_.warnings.push_back(at_line(fmt::format("{} subgenres; the paper's limit is {} a song",
                                                     song.subgenres.size(), kMaxSubgenresPerSong)));
    }
    song.genres = label_list(optional_field("genres"));
    if (taxonomy_) {
      auto broad = taxonomy_->genres_of(song.subgenres);
      song.genres.insert(song.genres.end(), broad.begin(), broad.end());
    }
  }

  CsvReader csv_;
  std::filesystem::path path_, folder_;
  std::string name_;
  const ImportOptions& options_;
  std::optional<Taxonomy> taxonomy_;
  std::unordered_map<std::string, std::size_t> line_of_;
  const char* length_column_ = nullptr;
  DeclaredLengths lengths_;
  ImportReport report_;
};

}  // namespace

ImportReport import_csv(Catalogue& catalogue, const std::filesystem::path& csv,
                        const ImportOptions& options) {
  return CsvImport(csv, options).run(catalogue);
}

SongSource song_source(const std::filesystem::path& source, std::vector<std::string> faulty,
                       std::size_t faults, const ImportOptions& options) {
  std::filesystem::path path = std::filesystem::absolute(source).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  const bool may_hide_songs = faults > faulty.size();
  return {std::move(path), std::move(faulty), may_hide_songs, options.remove_missing};
}

std::vector<std::string> taxonomy_warnings(const Taxonomy& taxonomy, const std::filesystem::path& path) {
  std::vector<std::string> warnings;
  for (const auto& [subgenre, genres] : taxonomy.subgenres()) {
    if (genres.size() <= kMaxGenresPerSubgenre) continue;
    warnings.push_back(fmt::format("{}: the subgenre \"{}\" has {} genres; the paper's limit is {}",
                                   printable(path.string()), printable(subgenre), genres.size(),
                                   kMaxGenresPerSubgenre));
  }
  return warnings;
}

}  // namespace gamut::catalogue
