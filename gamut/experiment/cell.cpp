#include "gamut/experiment/cell.h"

#include <algorithm>
#include <chrono>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/label_key.h"
#include "gamut/core/libraries.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/experiment/leftovers.h"
#include "gamut/training/train_head.h"
#include "gamut/training/trainer.h"

namespace gamut::experiment {
namespace {

using catalogue::Part;

constexpr std::string_view kScore = "score:";
constexpr const char* kDone = "cell.json";
constexpr const char* kProgress = "progress.json";
constexpr const char* kEpochs = "epochs.pt";

/// Songs of one part, as indices into the selection.
std::vector<std::size_t> songs_of(std::span<const Part> parts, Part part) {
  std::vector<std::size_t> songs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == part) songs.push_back(i);
  }
  return songs;
}

/// Every picture of the songs, with the labels that its song has among `genres`, columns of the labels.
training::Examples examples_of(const SongPictures& pictures, std::span<const std::size_t> songs,
                               const catalogue::LabelMatrix& labels, std::span<const std::size_t> genres) {
  training::Examples examples;
  for (const std::size_t song : songs) {
    for (const std::size_t row : pictures.rows[song]) {
      examples.rows.push_back(row);
      for (const std::size_t genre : genres)
        examples.targets.push_back(labels.has(song, genre) ? 1.0F : 0.0F);
    }
  }
  return examples;
}

/// The genres that a cell's network knows, as columns of the labels.
std::vector<std::size_t> genres_of(const Cell& cell, const catalogue::LabelMatrix& labels) {
  std::vector<std::size_t> genres;
  for (std::size_t g = 0; g < labels.genres.size(); ++g) {
    if (cell.genre.empty() || cell.genre == labels.genres[g]) genres.push_back(g);
  }
  return genres;
}

/// The songs that a cell trains on: all, or a genre's positives and its share of negatives.
struct TrainingSongs {
  std::vector<std::size_t> songs;
  Json description = Json::object();
};

TrainingSongs choose_training_songs(const CellMaterial& material, const Cell& cell,
                                    std::span<const std::size_t> genres) {
  const std::span<const Part> parts = parts_of(material.splits, cell.combination);
  if (cell.genre.empty()) {
    const std::vector<std::size_t> all = songs_of(parts, Part::train);
    return {all, {{"training_songs", all.size()}}};
  }
  const catalogue::BinarySet set = training_set(material.selection, parts, genres.front(), material.config);
  if (set.positives.empty() || set.negatives.empty()) {
    throw ModelError("the training songs of " + cell.genre +
                     " are all of one class: " + std::to_string(set.positives.size()) + " positives, " +
                     std::to_string(set.negatives.size()) +
                     " negatives; leave the genre out with [data] genres, or take another seed");
  }
  TrainingSongs chosen{set.positives,
                       {{"positives", set.positives.size()},
                        {"negatives", set.negatives.size()},
                        {"fewer_negatives_than_positives", set.negatives.size() < set.positives.size()}}};
  chosen.songs.insert(chosen.songs.end(), set.negatives.begin(), set.negatives.end());
  return chosen;
}

/// A song's score is the mean over its pictures, which is its only one where it was not cut into segments.
/// @param scores  [pictures of all songs, genres]
std::string scores_csv(const CellMaterial& material, const SongPictures& pictures,
                       std::span<const Part> parts, std::span<const std::size_t> songs,
                       std::span<const std::size_t> genres, std::span<const double> scores) {
  std::vector<std::string> fields{"song", "part"};
  for (const std::size_t genre : genres)
    fields.push_back(std::string(kScore) + material.selection.labels.genres[genre]);
  std::string text = csv_row(fields);
  for (const std::size_t song : songs) {
    const std::size_t n_pictures = pictures.rows[song].size();
    fields = {material.selection.songs[song].name, std::string(to_string(parts[song]))};
    for (std::size_t g = 0; g < genres.size(); ++g) {
      double sum = 0;
      for (std::size_t p = 0; p < n_pictures; ++p) sum += scores[p * genres.size() + g];
      fields.push_back(format_number(sum / static_cast<double>(n_pictures)));
    }
    text += csv_row(fields);
    scores = scores.subspan(n_pictures * genres.size());
  }
  return text;
}

/// How many pictures a network sees, and how many of them with each genre.
/// @param genres  columns of the labels.
Json count_pictures(const training::Examples& train, std::span<const std::size_t> genres,
                    const catalogue::LabelMatrix& labels) {
  Json positives = Json::object();
  for (std::size_t g = 0; g < genres.size(); ++g) {
    std::size_t count = 0;
    for (std::size_t i = g; i < train.targets.size(); i += genres.size())
      count += train.targets[i] == 1 ? 1 : 0;
    positives[labels.genres[genres[g]]] = count;
  }
  return {{"training_pictures", train.rows.size()}, {"positive_pictures", positives}};
}

std::string history_csv(const std::vector<training::EpochRecord>& history) {
  std::string text =
      "epoch,train_loss,validation_loss,validation_balanced_accuracy,seconds,images_per_second\n";
  for (const training::EpochRecord& epoch : history) {
    text += csv_row({std::to_string(epoch.epoch), format_number(epoch.train_loss),
                     format_number(epoch.validation_loss), format_number(epoch.validation_balanced_accuracy),
                     format_number(epoch.seconds), format_number(epoch.images_per_second)});
  }
  return text;
}

Json describe_cell(const CellMaterial& material, const Cell& cell) {
  const Combination& c = cell.combination;
  const SongPictures& pictures = material.pictures.at(c.set);
  Json json = {{"genre", cell.genre.empty() ? Json(material.selection.labels.genres) : Json(cell.genre)},
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

std::span<const Part> parts_of(std::span<const catalogue::FoldParts> splits, const Combination& combination) {
  for (const catalogue::FoldParts& split : splits) {
    if (split.fold == combination.fold && split.repeat == combination.repeat) return split.parts;
  }
  throw ParameterError("there is no split for " + combination.name());
}

catalogue::BinarySet training_set(const Selection& selection, std::span<const Part> parts, std::size_t genre,
                                  const ExperimentConfig& config) {
  return catalogue::draw_binary_set(selection.labels, genre, songs_of(parts, Part::train), config.split.seed,
                                    config.negatives_ratio());
}

bool has_begun(const std::filesystem::path& cells) {
  if (!std::filesystem::exists(cells)) return false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cells)) {
    if (entry.is_regular_file()) return true;
  }
  return false;
}

bool is_done(const std::filesystem::path& cells, const Cell& cell) {
  return std::filesystem::exists(cells / cell.folder() / kDone);
}

Json load_cell(const std::filesystem::path& cells, const Cell& cell) {
  try {
    Json description = load_json(cells / cell.folder() / kDone);
    if (description.is_object()) return description;
  } catch (const FileError&) {
  }
  return nullptr;
}

std::string find_damage(const std::filesystem::path& cells, const Cell& cell) {
  const std::filesystem::path folder = cells / cell.folder();
  const Json description = load_cell(cells, cell);
  if (description.is_null()) return std::string(kDone) + " cannot be read";
  if (!description.contains("sha256")) return "";  // of a gamut that did not note them
  for (const auto& [name, checksum] : description["sha256"].items()) {
    if (!std::filesystem::exists(folder / name)) return name + " is gone";
    if (sha256_file(folder / name) != checksum) return name + " is not what was written";
  }
  return "";
}

void discard_cell(const std::filesystem::path& cells, const Cell& cell) {
  std::filesystem::remove(cells / cell.folder() / kDone);
}

void discard_epochs(const std::filesystem::path& cells, const Cell& cell) {
  std::filesystem::remove(cells / cell.folder() / kEpochs);
}

void train_cell(const CellMaterial& material, const Cell& cell,
                const std::function<void(const training::EpochRecord&)>& on_epoch) {
  const auto start = std::chrono::steady_clock::now();
  const catalogue::LabelMatrix& labels = material.selection.labels;
  const Combination& combination = cell.combination;
  const SongPictures& pictures = material.pictures.at(combination.set);
  const std::span<const Part> parts = parts_of(material.splits, combination);
  const std::vector<std::size_t> genres = genres_of(cell, labels);

  const TrainingSongs chosen = choose_training_songs(material, cell, genres);
  const training::Examples train = examples_of(pictures, chosen.songs, labels, genres);
  std::vector<std::size_t> scored = songs_of(parts, Part::validation);
  const training::Examples validation = examples_of(pictures, scored, labels, genres);
  const std::vector<std::size_t> test = songs_of(parts, Part::test);
  scored.insert(scored.end(), test.begin(), test.end());
  const std::vector<std::size_t> score_rows = examples_of(pictures, scored, labels, genres).rows;

  training::NetworkOptions network =
      initial_network(combination, material.weights, cell.seed(material.config.split.seed));
  network.outputs = static_cast<int>(genres.size());
  Json description = describe_cell(material, cell);
  const std::filesystem::path folder = material.cells / cell.folder();
  std::filesystem::create_directories(folder);
  remove_leftovers(folder);
  const training::TrainingFiles files{.checkpoint = folder / "model.safetensors",
                                      .metadata = {{"gamut", dump_json(description)}},
                                      .epochs = folder / kEpochs,
                                      .seconds_between_epochs = material.seconds_between_epochs};
  const training::TrainingOptions& options = material.config.training;
  if (cached_stages(material.config, combination) != 0) {
    network.activations = &material.activations.at(frozen_part_name(material.config, combination));
  }
  const auto note_epoch = [&](const training::EpochRecord& epoch) {
    save_json(folder / kProgress, {{"epoch", epoch.epoch},
                                   {"epochs", options.epochs},
                                   {"images_per_second", epoch.images_per_second},
                                   {"train_loss", epoch.train_loss},
                                   {"validation_loss", epoch.validation_loss}});
    if (on_epoch) on_epoch(epoch);
  };
  const training::TrainedNetwork trained =
      combination.strategy == kFrozen
          ? training::train_head(*network.activations, train, validation, score_rows, network, options, files)
          : training::train_network(picture_view(pictures, options), train, validation, score_rows, network,
                                    options, files, note_epoch);

  save_atomically(folder / "history.csv", history_csv(trained.history));
  save_atomically(folder / "scores.csv",
                  scores_csv(material, pictures, parts, scored, genres, trained.scores));
  description.update(chosen.description);
  description.update(count_pictures(train, genres, labels));
  description["best_epoch"] = trained.best_epoch;
  description["epochs"] = trained.history.size();
  description["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (const char* name : {"model.safetensors", "scores.csv"}) {
    description["sha256"][name] = sha256_file(folder / name);
  }
  std::filesystem::remove(folder / kProgress);
  save_json(folder / kDone, description);
  discard_epochs(material.cells, cell);  // last: until here a killed training goes on from them
}

double smoothed_share(double positives, double all) {
  return (positives + 0.5) / (all + 1);
}

double trained_share(const std::filesystem::path& cells, const Cell& cell, const std::string& genre,
                     const ExperimentConfig& config, double share) {
  if (config.training.class_weights == training::ClassWeights::balanced) return 0.5;
  const Json description = load_json(cells / cell.folder() / kDone);
  if (description.contains("positive_pictures")) {
    for (const auto& [name, positives] : description.at("positive_pictures").items()) {
      if (label_key(name) == label_key(genre)) {
        return smoothed_share(positives.get<double>(), description.at("training_pictures").get<double>());
      }
    }
  }
  if (cell.genre.empty()) return share;
  const auto positives = description.at("positives").get<double>();
  return smoothed_share(positives, positives + description.at("negatives").get<double>());
}

std::map<std::string, std::vector<double>> load_scores(const std::filesystem::path& cells, const Cell& cell,
                                                       const std::vector<std::string>& genres) {
  const std::filesystem::path path = cells / cell.folder() / "scores.csv";
  const auto refuse = [&](const std::string& what) {
    throw FileError(printable(path.string()) + what + "; delete the cell's folder and run again", path);
  };
  CsvReader csv(path);
  std::vector<std::string> columns;
  for (const std::string& genre : cell.genre.empty() ? genres : std::vector{cell.genre}) {
    const auto column = std::ranges::find_if(csv.columns(), [&](const std::string& name) {
      return name.starts_with(kScore) && label_key(name.substr(kScore.size())) == label_key(genre);
    });
    if (column == csv.columns().end()) refuse(" has no scores of " + printable(genre));
    columns.push_back(*column);
  }
  std::map<std::string, std::vector<double>> scores;
  while (csv.next()) {
    std::vector<double>& of_song = scores[csv["song"]];
    for (const std::string& column : columns) {
      char* end = nullptr;
      const std::string& text = csv[column];
      of_song.push_back(std::strtod(text.c_str(), &end));
      if (!csv.fault().empty() || text.empty() || *end != '\0') {
        refuse(", line " + std::to_string(csv.line()) + " is not a song with its scores");
      }
    }
  }
  return scores;
}

}  // namespace gamut::experiment
