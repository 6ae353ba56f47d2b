#include "gamut/experiment/cell.h"

#include <algorithm>
#include <chrono>
#include <numeric>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/libraries.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/spectra/colour_map.h"
#include "gamut/training/trainer.h"

namespace gamut::experiment {
namespace {

using catalogue::Part;

/// Songs of one part, as indices into the selection.
std::vector<std::size_t> songs_of(std::span<const Part> parts, Part part) {
  std::vector<std::size_t> songs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == part) songs.push_back(i);
  }
  return songs;
}

/// Every picture of the songs, with the label of its song.
template <class HasGenre>
std::vector<training::Example> examples_of(const SongPictures& pictures, std::span<const std::size_t> songs,
                                           HasGenre has_genre) {
  std::vector<training::Example> examples;
  for (const std::size_t song : songs) {
    for (const std::size_t row : pictures.rows[song])
      examples.push_back({row, has_genre(song) ? 1.0F : 0.0F});
  }
  return examples;
}

std::string history_csv(const std::vector<training::EpochRecord>& history) {
  std::string text = "epoch,train_loss,validation_loss,validation_balanced_accuracy,seconds\n";
  for (const training::EpochRecord& epoch : history) {
    text += csv_row({std::to_string(epoch.epoch), format_number(epoch.train_loss),
                     format_number(epoch.validation_loss), format_number(epoch.validation_balanced_accuracy),
                     format_number(epoch.seconds)});
  }
  return text;
}

Json describe_cell(const CellMaterial& material, const Cell& cell) {
  const Combination& c = cell.combination;
  const SongPictures& pictures = material.pictures.at(c.set);
  Json json = {{"genre", cell.genre},
               {"scale", c.scale},
               {"reduce", c.reduce},
               {"picture_set", c.set},
               {"front_end", to_json(pictures.store.options())},
               {"strategy", c.strategy},
               {"architecture", c.architecture},
               {"initialisation", c.initialisation},
               {"fold", c.fold},
               {"repeat", c.repeat},
               {"seed", cell.seed(material.config.split.seed)},
               {"training", to_json(material.config.training)},
               {"libraries", libraries()}};
  json["libraries"]["gamut"] = version();
  if (c.initialisation == "imagenet") {
    const std::filesystem::path& file = material.weights.at(c.architecture);
    json["weights"] = {{"file", file.filename().string()}, {"sha256", sha256_file(file)}};
  }
  return json;
}

}  // namespace

bool is_done(const std::filesystem::path& cells, const Cell& cell) {
  return std::filesystem::exists(cells / cell.folder() / "cell.json");
}

void train_cell(const CellMaterial& material, const Cell& cell) {
  const auto start = std::chrono::steady_clock::now();
  const catalogue::LabelMatrix& labels = material.selection.labels;
  const auto genre = static_cast<std::size_t>(
      std::find(labels.genres.begin(), labels.genres.end(), cell.genre) - labels.genres.begin());
  const Combination& combination = cell.combination;
  const SongPictures& pictures = material.pictures.at(combination.set);
  const std::uint64_t seed = material.config.split.seed;

  const std::vector<std::size_t> candidates = songs_of(material.parts, Part::train);
  const catalogue::BinarySet set = catalogue::draw_balanced(labels, genre, candidates, seed);
  if (set.positives.empty() || set.negatives.empty()) {
    throw ModelError("the training songs of " + cell.genre +
                     " are all of one class: " + std::to_string(set.positives.size()) + " positives, " +
                     std::to_string(set.negatives.size()) +
                     " negatives; leave the genre out with [data] genres, or take another seed");
  }
  std::vector<training::Example> train =
      examples_of(pictures, set.positives, [](std::size_t) { return true; });
  const std::vector<training::Example> negatives =
      examples_of(pictures, set.negatives, [](std::size_t) { return false; });
  train.insert(train.end(), negatives.begin(), negatives.end());
  std::vector<std::size_t> scored = songs_of(material.parts, Part::validation);
  const std::vector<training::Example> validation =
      examples_of(pictures, scored, [&](std::size_t song) { return labels.has(song, genre); });
  const std::vector<std::size_t> test = songs_of(material.parts, Part::test);
  scored.insert(scored.end(), test.begin(), test.end());
  std::vector<std::size_t> score_rows;
  for (const std::size_t song : scored) {
    score_rows.insert(score_rows.end(), pictures.rows[song].begin(), pictures.rows[song].end());
  }

  Json description = describe_cell(material, cell);
  training::NetworkOptions network{
      .architecture = combination.architecture, .initial_weights = std::nullopt, .seed = cell.seed(seed)};
  if (combination.initialisation == "imagenet")
    network.initial_weights = material.weights.at(combination.architecture);

  const spectra::FrontEndOptions& front_end = pictures.store.options();
  const training::PictureView view{
      .pixels = pictures.store.pixels(),
      .planes = pictures.store.planes(),
      .height = front_end.picture_height,
      .width = front_end.picture_width,
      .colours = spectra::colours(spectra::parse_colour_map(material.config.training.colour_map))};
  const std::filesystem::path folder = material.cells / cell.folder();
  std::filesystem::create_directories(folder);
  const training::TrainedNetwork trained = training::train_binary(
      view, train, validation, score_rows, network, material.config.training, folder / "model.safetensors",
      {{"gamut", dump_json(description)}}, [](const training::EpochRecord&) { check_interrupted(); });

  save_atomically(folder / "history.csv", history_csv(trained.history));
  std::string scores = "song,part,score\n";
  auto score = trained.scores.begin();
  for (const std::size_t song : scored) {
    // A song's score is the mean over its pictures, which is its only one where it was not cut into segments.
    const auto n_pictures = static_cast<std::ptrdiff_t>(pictures.rows[song].size());
    const double mean = std::accumulate(score, score + n_pictures, 0.0) / static_cast<double>(n_pictures);
    score += n_pictures;
    scores += csv_row({material.selection.songs[song].name, std::string(to_string(material.parts[song])),
                       format_number(mean)});
  }
  save_atomically(folder / "scores.csv", scores);
  description["positives"] = set.positives.size();
  description["negatives"] = set.negatives.size();
  description["fewer_negatives_than_positives"] = set.negatives.size() < set.positives.size();
  description["best_epoch"] = trained.best_epoch;
  description["epochs"] = trained.history.size();
  description["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  save_json(folder / "cell.json", description);
}

std::map<std::string, double> load_scores(const std::filesystem::path& cells, const Cell& cell) {
  const std::filesystem::path path = cells / cell.folder() / "scores.csv";
  std::map<std::string, double> scores;
  CsvReader csv(path);
  while (csv.next()) {
    char* end = nullptr;
    const std::string& text = csv["score"];
    const double score = std::strtod(text.c_str(), &end);
    if (!csv.fault().empty() || text.empty() || *end != '\0') {
      throw FileError(printable(path.string()) + ", line " + std::to_string(csv.line()) +
                          " is not a song with its score; delete the cell's folder and run again",
                      path);
    }
    scores[csv["song"]] = score;
  }
  return scores;
}

}  // namespace gamut::experiment
