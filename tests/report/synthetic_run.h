#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gamut::test {

/// What a run directory is filled with; the scores are drawn from a formula, so that the same shape gives the
/// same files.
struct RunShape {
  std::string name = "mel-against-linear";
  std::vector<std::string> genres = {"Rock", "Electronic", "Jazz", "Pop", "Classical"};
  std::vector<std::string> scales = {"linear", "mel"};
  std::vector<std::string> reduces = {"nearest"};
  std::vector<std::string> architectures = {"resnet18", "resnet34"};
  std::vector<std::string> initialisations = {"imagenet", "random"};
  std::string song_title = "Hungarian Dance no. 5";
  std::vector<std::string> notes = {};
  std::string group_by = "album";
  /// Writes predictions too, and results that are their evaluation: intervals, decisions and baselines. Else
  /// only the paper's six metrics at 0.5, drawn from a formula.
  bool with_predictions = false;
};

/// Writes experiment.toml, split.csv, results.csv, summary.json, where wanted predictions, the networks'
/// histories and the gallery, as an experiment would. The first hit and miss of each genre have audio, "song
/// #1.wav" beside the run, which is not written.
void write_synthetic_run(const std::filesystem::path& directory, const RunShape& shape);

}  // namespace gamut::test
