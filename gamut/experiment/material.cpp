#include "gamut/experiment/material.h"

#include <algorithm>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::experiment {
namespace {

using catalogue::PictureRecord;
using catalogue::Song;

/// The worst outcome of each song over the experiment's picture sets; songs not yet extracted are absent.
std::unordered_map<std::int64_t, Outcome> worst_outcomes(catalogue::Catalogue& catalogue,
                                                         const ExperimentConfig& config) {
  std::unordered_map<std::int64_t, Outcome> worst;
  for (const spectra::FrontEndOptions& front_end : config.front_ends()) {
    const std::int64_t set =
        catalogue.picture_set(spectra::picture_set_name(front_end), features::set_specification(front_end));
    for (const PictureRecord& record : catalogue.picture_records(set)) {
      Outcome& outcome = worst.try_emplace(record.song_id, record.outcome).first->second;
      outcome = std::max(outcome, record.outcome);
    }
  }
  return worst;
}

/// Takes over what the experiment's split file says, and leaves songs out that it lacks where that is asked
/// for.
void apply_split_file(const ExperimentConfig& config, Selection& selection) {
  if (config.split_file.empty()) return;
  catalogue::EarlierSplit split = catalogue::load_earlier_split(config.split_file, selection.songs);
  selection.strangers = std::ssize(split.strangers);
  selection.kept = std::move(split.parts);
  if (config.place_others) return;
  std::size_t n = 0;
  for (std::size_t i = 0; i < selection.songs.size(); ++i) {
    if (!selection.kept[i]) continue;
    if (n < i) selection.songs[n] = std::move(selection.songs[i]);
    selection.kept[n++] = selection.kept[i];
  }
  selection.left_out_of_split = static_cast<std::int64_t>(selection.songs.size() - n);
  selection.songs.resize(n);
  selection.kept.resize(n);
}

}  // namespace

Selection select_songs(catalogue::Catalogue& catalogue, const ExperimentConfig& config) {
  std::vector<Song> all = catalogue.songs();
  if (all.empty()) throw CatalogueError("the catalogue is empty; run `gamut import` first");
  const std::vector<std::string> genres = catalogue::choose_genres(all, config.genres);
  const catalogue::LabelMatrix labels = catalogue::make_labels(all, genres);
  const std::unordered_map<std::int64_t, Outcome> outcomes = worst_outcomes(catalogue, config);

  Selection selection;
  selection.genre_consequences = catalogue::genre_consequences(all, genres);
  selection.in_catalogue = static_cast<std::int64_t>(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].genres.empty()) continue;
    ++selection.labelled;
    bool chosen = false;
    for (std::size_t g = 0; g < genres.size(); ++g) chosen = chosen || labels.has(i, g);
    if (!chosen) {
      ++selection.outside_genres;
      continue;
    }
    const auto outcome = outcomes.find(all[i].id);
    if (outcome != outcomes.end() && outcome->second == Outcome::failed) {
      ++selection.failed;
    } else if (outcome != outcomes.end() && outcome->second == Outcome::partial && !config.include_partial) {
      ++selection.partial_left_out;
    } else {
      selection.songs.push_back(std::move(all[i]));
    }
  }
  apply_split_file(config, selection);
  if (selection.songs.empty()) {
    throw CatalogueError("no song is left for the experiment: none has usable audio and one of the genres " +
                         join_words(genres));
  }
  selection.labels = catalogue::make_labels(selection.songs, genres);
  return selection;
}

SongPictures open_pictures(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                           const spectra::FrontEndOptions& front_end, const std::vector<Song>& songs) {
  const std::string name = spectra::picture_set_name(front_end);
  const std::int64_t set = catalogue.picture_set(name, features::set_specification(front_end));
  SongPictures pictures{features::PictureStore(features::picture_directory(workspace, name)), {}};
  std::unordered_map<std::int64_t, std::vector<std::size_t>> rows_of_song;
  for (const PictureRecord& record : catalogue.picture_records(set)) {
    if (record.row) rows_of_song[record.song_id].push_back(static_cast<std::size_t>(*record.row));
  }
  for (const Song& song : songs) {
    const auto rows = rows_of_song.find(song.id);
    if (rows == rows_of_song.end() || rows->second.back() >= pictures.store.rows()) {
      throw CatalogueError("the picture set " + name + " lacks " + printable(song.name) +
                           "; run `gamut extract`");
    }
    pictures.rows.push_back(rows->second);
  }
  return pictures;
}

}  // namespace gamut::experiment
