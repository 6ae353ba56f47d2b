#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "gamut/catalogue/split.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

constexpr const char* kChangedSince =
    "the catalogue or the choice of genres has changed since, so give the experiment another name; [data] "
    "split takes this file, and songs keep their parts";

constexpr std::string_view kLabel = "label:";

/// Compares the labels of a split file with those that songs have now.
class LabelComparison {
 public:
  LabelComparison(const CsvReader& csv, const LabelMatrix* labels) : csv_(csv), labels_(labels) {
    if (labels == nullptr) return;
    std::vector<std::string> keys;
    for (const std::string& column : csv.columns()) {
      if (!column.starts_with(kLabel)) continue;
      columns_.push_back(column);
      keys.push_back(label_key(std::string_view(column).substr(kLabel.size())));
    }
    has_same_genres_ =
        std::equal(keys.begin(), keys.end(), labels->genres.begin(), labels->genres.end(),
                   [](const std::string& key, const std::string& genre) { return key == label_key(genre); });
  }

  /// Of the file's current row, which is of the song at `place`.
  bool is_relabelled(std::size_t place) const {
    if (labels_ == nullptr) return false;
    if (!has_same_genres_) return true;
    for (std::size_t g = 0; g < columns_.size(); ++g) {
      if (csv_[columns_[g]] != (labels_->has(place, g) ? "1" : "0")) return true;
    }
    return false;
  }

 private:
  const CsvReader& csv_;
  const LabelMatrix* labels_;
  std::vector<std::string> columns_;
  bool has_same_genres_ = true;
};

/// "3 songs (a, b, c)", the first few by name.
std::string some_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) shown.push_back(printable(names[i]));
  return fmt::format("{} songs ({}{})", names.size(), join(shown, ", "), names.size() > kShown ? ", …" : "");
}

}  // namespace

void save_split(const std::filesystem::path& path, std::span<const Song> songs, const LabelMatrix& labels,
                std::span<const Part> parts, int fold) {
  if (parts.size() != songs.size()) {
    throw ParameterError(fmt::format("{} parts do not fit {} songs", parts.size(), songs.size()));
  }
  std::vector<std::string> row = {"song", "part", "fold", "album", "artist"};
  for (const std::string& genre : labels.genres) row.push_back(std::string(kLabel) + genre);
  std::string text = csv_row(row);
  const std::vector<std::string> albums = album_names(songs);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    row = {songs[i].name, std::string(to_string(parts[i])), std::to_string(fold), albums[i], songs[i].artist};
    for (std::size_t g = 0; g < labels.genres.size(); ++g) row.emplace_back(labels.has(i, g) ? "1" : "0");
    text += csv_row(row);
  }
  save_atomically(path, text);
}

EarlierSplit load_earlier_split(const std::filesystem::path& path, std::span<const Song> songs,
                                const LabelMatrix* labels) {
  CsvReader csv(path);
  const std::string file = printable(path.string());
  for (std::string_view column : {"song", "part"}) {
    if (!csv.has_column(column)) {
      throw CatalogueError(
          fmt::format("{}: no column `{}`; a split has the columns song,part,fold,album,artist", file,
                      column),
          path);
    }
  }
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < songs.size(); ++i) index.emplace(songs[i].name, i);
  EarlierSplit split{std::vector<std::optional<Part>>(songs.size()), {}, {}};
  const LabelComparison comparison(csv, labels);
  std::vector<std::string> faults;
  while (csv.next()) {
    auto fault = [&](const std::string& what) {
      faults.push_back(fmt::format("{}:{}: {}", file, csv.line(), what));
    };
    if (!csv.fault().empty()) {
      fault(csv.fault());
      continue;
    }
    auto song = index.find(csv["song"]);
    if (song == index.end()) {
      split.strangers.push_back(csv["song"]);
    } else if (split.parts[song->second]) {
      fault("the song is listed twice: " + printable(csv["song"]));
    } else {
      try {
        split.parts[song->second] = parse_part(csv["part"]);
        if (comparison.is_relabelled(song->second)) split.relabelled.push_back(csv["song"]);
      } catch (const ParameterError& unknown) {
        fault(unknown.what());
      }
    }
  }
  if (!faults.empty()) throw CatalogueError(join(faults, "\n"), path);
  return split;
}

std::vector<Part> load_split(const std::filesystem::path& path, std::span<const Song> songs,
                             const LabelMatrix* labels) {
  const EarlierSplit split = load_earlier_split(path, songs, labels);
  const std::string file = printable(path.string());
  if (!split.strangers.empty()) {
    throw CatalogueError(fmt::format("{} has {} that the experiment does not have; {}", file,
                                     some_names(split.strangers), kChangedSince),
                         path);
  }
  std::vector<Part> parts;
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    if (split.parts[i]) {
      parts.push_back(*split.parts[i]);
    } else {
      missing.push_back(songs[i].name);
    }
  }
  if (!missing.empty()) {
    throw CatalogueError(
        fmt::format("{} lacks {} of the experiment; {}", file, some_names(missing), kChangedSince), path);
  }
  if (!split.relabelled.empty()) {
    throw CatalogueError(fmt::format("{} has other labels for {} than the experiment; {}", file,
                                     some_names(split.relabelled), kChangedSince),
                         path);
  }
  return parts;
}

}  // namespace gamut::catalogue
