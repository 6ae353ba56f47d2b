#include "gamut/evaluation/predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <unordered_map>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/number.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/table_reading.h"

namespace gamut::evaluation {
namespace {

constexpr std::string_view kLabel = "label:";
constexpr std::string_view kScore = "score:";

/// An optional column of the file and where it is kept.
struct Attribute {
  std::string_view name;
  std::vector<std::string> Predictions::*values;
};
constexpr std::array kAttributes = {
    Attribute{"part", &Predictions::part}, Attribute{"fold", &Predictions::fold},
    Attribute{"album", &Predictions::album}, Attribute{"artist", &Predictions::artist}};

/// Where one genre's columns are in a row.
struct GenreColumns {
  std::string genre;
  std::size_t label = 0;
  std::size_t score = 0;
};

bool is_label(double value) {
  return value == 0 || value == 1;
}

bool is_score(double value) {
  return value >= 0 && value <= 1;
}

std::unordered_map<std::string, std::size_t> columns_with_prefix(const std::vector<std::string>& columns,
                                                                 std::string_view prefix) {
  std::unordered_map<std::string, std::size_t> found;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].starts_with(prefix))
      found.emplace(trim(std::string_view(columns[i]).substr(prefix.size())), i);
  }
  return found;
}

std::vector<GenreColumns> find_genres(const std::vector<std::string>& columns, FaultList& faults) {
  const auto labels = columns_with_prefix(columns, kLabel);
  const auto scores = columns_with_prefix(columns, kScore);
  std::vector<GenreColumns> genres;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view column = columns[i];
    if (column.starts_with(kLabel)) {
      const std::string genre(trim(column.substr(kLabel.size())));
      const auto score = scores.find(genre);
      if (genre.empty()) {
        faults.add("the column \"label:\" names no genre");
      } else if (labels.at(genre) != i) {
        faults.add(fmt::format("the genre \"{}\" has two label columns", printable(genre)));
      } else if (score == scores.end()) {
        faults.add(fmt::format("the genre \"{0}\" has a column \"label:{0}\" and no \"score:{0}\"",
                               printable(genre)));
      } else {
        genres.push_back({genre, i, score->second});
      }
    } else if (column.starts_with(kScore)) {
      const std::string genre(trim(column.substr(kScore.size())));
      if (!labels.contains(genre)) {
        faults.add(fmt::format("the genre \"{0}\" has a column \"score:{0}\" and no \"label:{0}\"",
                               printable(genre)));
      }
    }
  }
  if (labels.empty() && scores.empty()) {
    faults.add(
        "no genre: expected columns song,label:<genre>…,score:<genre>… and, where known, "
        "part,fold,album,artist");
  }
  return genres;
}

/// Appends the labels and scores of the reader's row.
void read_cells(const CsvReader& csv, const std::vector<GenreColumns>& genres, Predictions& predictions,
                FaultList& faults) {
  for (const GenreColumns& columns : genres) {
    const std::string& label_field = csv.fields()[columns.label];
    const std::string& score_field = csv.fields()[columns.score];
    const std::optional<double> label = parse_finite(label_field);
    const std::optional<double> score = parse_finite(score_field);
    if (!label || !is_label(*label)) {
      faults.add(csv.line(), fmt::format("label:{} is \"{}\"; a label is 0 or 1", printable(columns.genre),
                                         printable(label_field)));
    }
    if (!score || !is_score(*score)) {
      faults.add(csv.line(), fmt::format("score:{} is \"{}\"; a score is a number from 0 to 1",
                                         printable(columns.genre), printable(score_field)));
    }
    predictions.labels.push_back(label && *label == 1 ? 1 : 0);
    predictions.scores.push_back(score.value_or(0));
  }
}

void require(bool holds, const std::string& complaint) {
  if (!holds) throw ParameterError("predictions: " + complaint);
}

}  // namespace

void validate(const Predictions& predictions) {
  require(!predictions.songs.empty(), "no song; there must be at least one");
  require(!predictions.genres.empty(), "no genre; there must be at least one");
  const std::size_t n_genres = predictions.genres.size();
  const std::size_t n_cells = predictions.size() * n_genres;
  require(predictions.labels.size() == n_cells && predictions.scores.size() == n_cells,
          fmt::format("{} labels and {} scores; {} songs and {} genres need {} of each",
                      predictions.labels.size(), predictions.scores.size(), predictions.size(), n_genres,
                      n_cells));
  for (const Attribute& attribute : kAttributes) {
    const auto& values = predictions.*attribute.values;
    require(values.empty() || values.size() == predictions.size(),
            fmt::format("{} values of \"{}\"; there must be one for each of the {} songs, or none at all",
                        values.size(), attribute.name, predictions.size()));
  }
  std::set<std::string_view> genres;
  for (const std::string& genre : predictions.genres) {
    require(!genre.empty() && trim(genre) == genre,
            fmt::format("the genre name \"{}\" is empty or has blanks at an end", printable(genre)));
    require(genres.insert(genre).second, fmt::format("the genre \"{}\" comes twice", printable(genre)));
  }
  std::set<std::pair<std::string_view, std::string_view>> songs;
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    const std::string& song = predictions.songs[s];
    require(!song.empty(), fmt::format("song number {} has no name", s + 1));
    const std::string_view fold = predictions.fold.empty() ? std::string_view() : predictions.fold[s];
    require(songs.emplace(song, fold).second, fmt::format("the song \"{}\" comes twice", printable(song)));
    for (std::size_t cell = s * n_genres; cell < (s + 1) * n_genres; ++cell) {
      const std::string& genre = predictions.genres[cell % n_genres];
      require(is_label(predictions.labels[cell]),
              fmt::format("label {} of song \"{}\" for \"{}\"; a label is 0 or 1", predictions.labels[cell],
                          printable(song), printable(genre)));
      require(is_score(predictions.scores[cell]),
              fmt::format("score {} of song \"{}\" for \"{}\"; a score is a number from 0 to 1",
                          predictions.scores[cell], printable(song), printable(genre)));
    }
  }
}

Predictions load_predictions(const std::filesystem::path& path) {
  CsvReader csv(path);
  FaultList faults(path);
  if (!csv.has_column("song")) faults.add("no column \"song\"");
  const std::vector<GenreColumns> genres = find_genres(csv.columns(), faults);
  faults.finish();

  Predictions predictions;
  for (const GenreColumns& columns : genres) predictions.genres.push_back(columns.genre);
  std::set<std::pair<std::string, std::string>> seen;
  const bool has_folds = csv.has_column("fold");
  while (csv.next()) {
    if (!csv.fault().empty()) {
      faults.add(csv.line(), csv.fault());
      continue;
    }
    const std::string& song = csv["song"];
    if (song.empty()) faults.add(csv.line(), "the song has no name");
    if (!seen.emplace(song, has_folds ? csv["fold"] : "").second) {
      faults.add(csv.line(), fmt::format("the song \"{}\" comes a second time", printable(song)));
    }
    predictions.songs.push_back(song);
    for (const Attribute& attribute : kAttributes) {
      if (csv.has_column(attribute.name)) (predictions.*attribute.values).push_back(csv[attribute.name]);
    }
    read_cells(csv, genres, predictions, faults);
  }
  faults.finish();
  if (predictions.songs.empty()) faults.add("no song: there is a header and no row");
  faults.finish();
  return predictions;
}

void save_predictions(const std::filesystem::path& path, const Predictions& predictions) {
  validate(predictions);
  std::vector<std::string> row = {"song"};
  for (const std::string& genre : predictions.genres) row.push_back(std::string(kLabel) + genre);
  for (const std::string& genre : predictions.genres) row.push_back(std::string(kScore) + genre);
  for (const Attribute& attribute : kAttributes) {
    if (!(predictions.*attribute.values).empty()) row.emplace_back(attribute.name);
  }
  std::string text = csv_row(row);

  const std::size_t n_genres = predictions.genres.size();
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    row = {predictions.songs[s]};
    for (std::size_t g = 0; g < n_genres; ++g)
      row.emplace_back(predictions.labels[s * n_genres + g] == 1 ? "1" : "0");
    for (std::size_t g = 0; g < n_genres; ++g)
      row.push_back(fmt::format("{:.9g}", predictions.scores[s * n_genres + g]));
    for (const Attribute& attribute : kAttributes) {
      const auto& values = predictions.*attribute.values;
      if (!values.empty()) row.push_back(values[s]);
    }
    text += csv_row(row);
  }
  save_atomically(path, text);
}

Predictions select_part(const Predictions& predictions, std::string_view part) {
  if (predictions.part.empty() && !predictions.songs.empty()) {
    throw ParameterError(
        fmt::format("cannot select the part \"{}\": the predictions have no part column", part));
  }
  Predictions selected;
  selected.genres = predictions.genres;
  const auto n_genres = static_cast<std::ptrdiff_t>(predictions.genres.size());
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    if (predictions.part[s] != part) continue;
    const std::ptrdiff_t cell = static_cast<std::ptrdiff_t>(s) * n_genres;
    selected.songs.push_back(predictions.songs[s]);
    std::copy_n(predictions.labels.begin() + cell, n_genres, std::back_inserter(selected.labels));
    std::copy_n(predictions.scores.begin() + cell, n_genres, std::back_inserter(selected.scores));
    for (const Attribute& attribute : kAttributes) {
      const auto& values = predictions.*attribute.values;
      if (!values.empty()) (selected.*attribute.values).push_back(values[s]);
    }
  }
  return selected;
}

}  // namespace gamut::evaluation
