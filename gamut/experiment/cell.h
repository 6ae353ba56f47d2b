#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gamut/catalogue/folds.h"
#include "gamut/experiment/config.h"
#include "gamut/experiment/frozen_parts.h"
#include "gamut/experiment/material.h"
#include "gamut/experiment/plan.h"

namespace gamut::experiment {

/// Everything that the cells of one run share, read-only.
struct CellMaterial {
  const ExperimentConfig& config;
  const Selection& selection;
  std::span<const catalogue::FoldParts> splits;                 ///< of the selection's songs
  const std::map<std::string, SongPictures>& pictures;          ///< by picture set
  const std::map<std::string, std::filesystem::path>& weights;  ///< by architecture, for "imagenet"
  const ActivationsByPart& activations;                         ///< of what is frozen
  std::filesystem::path cells;                                  ///< RUN/cells
  std::optional<double> seconds_between_epochs = {};            ///< see TrainingFiles
};

/// The parts of the selection's songs in a combination's fold and repeat.
std::span<const catalogue::Part> parts_of(std::span<const catalogue::FoldParts> splits,
                                          const Combination& combination);

/// The songs that a genre's own network trains on in some parts: every positive, and its share of negatives.
/// @param genre  column of the selection's labels.
catalogue::BinarySet training_set(const Selection& selection, std::span<const catalogue::Part> parts,
                                  std::size_t genre, const ExperimentConfig& config);

/// Whether a network has been begun.
/// @param cells  RUN/cells.
bool has_begun(const std::filesystem::path& cells);

/// Whether a cell's folder is complete: cell.json is written last.
bool is_done(const std::filesystem::path& cells, const Cell& cell);

/// What a finished cell's cell.json says; null where it cannot be read.
Json load_cell(const std::filesystem::path& cells, const Cell& cell);

/// What is wrong with a finished cell, by its cell.json and the checksums there: "model.safetensors is not
/// what was written". Empty where nothing is.
std::string find_damage(const std::filesystem::path& cells, const Cell& cell);

/// Takes a finished cell's mark away, so that it is trained again.
void discard_cell(const std::filesystem::path& cells, const Cell& cell);

/// Takes away what a finished cell's training would have gone on from: a kill just after its end leaves it.
void discard_epochs(const std::filesystem::path& cells, const Cell& cell);

/// Trains a cell and writes model.safetensors, history.csv, scores.csv and, last, cell.json. While it trains,
/// progress.json has its newest epoch.
///
/// @param on_epoch  called after every epoch trained now, with the newest.
/// @throws ModelError   the training failed; nothing is marked as done.
/// @throws Interrupted  between two steps; the epochs done are kept and the next call goes on from them.
void train_cell(const CellMaterial& material, const Cell& cell,
                const std::function<void(const training::EpochRecord&)>& on_epoch = {});

/// The share of positives with half a one more on either side, as evaluation::fit_priors(): never 0 or 1.
double smoothed_share(double positives, double all);

/// The smoothed share of positives among the pictures that a finished cell's network was trained on, as they
/// counted.
/// @param genre  one that the network knows.
/// @param share  of all training songs, for a cell of a gamut that did not count the pictures of all genres.
double trained_share(const std::filesystem::path& cells, const Cell& cell, const std::string& genre,
                     const ExperimentConfig& config, double share);

/// A finished cell's scores by song, of the validation and test songs: one a genre that its network knows, in
/// the order of the run's genres.
/// @param genres  of the run.
/// @throws FileError  scores of other genres, or a row that has none.
std::map<std::string, std::vector<double>> load_scores(const std::filesystem::path& cells, const Cell& cell,
                                                       const std::vector<std::string>& genres);

}  // namespace gamut::experiment
