#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace gamut::experiment {

/// Which networks of a run become a model; what is empty must follow from the rest.
struct ExportOptions {
  std::string scale = {}, reduce = {}, strategy = {}, architecture = {}, initialisation = {};
  int fold = 0;  ///< of cross-validation; its networks have not seen the fold's test songs
  int repeat = 0;
  bool half = false;        ///< weights in float16: half the size
  bool neighbours = false;  ///< with the training songs, as save_neighbours()
  int jobs = 1;             ///< songs side by side for them
  std::filesystem::path weights =
      {};  ///< of the frozen networks: a file or its folder; empty: where the run had them
};

/// Writes the networks of a run, with all that predicting needs, as a model directory: batch norms folded;
/// frozen networks as one with an output a genre; thresholds tuned on the run's validation songs. The
/// directory appears whole or not at all.
///
/// @param run        a finished run.
/// @param directory  must not exist.
/// @throws ParameterError  options that fit no networks of the run, or several: the message lists them.
/// @throws ModelError      networks that are missing or damaged, or weights that are not those of the run.
/// @throws FileError       the run's files are missing, or the directory exists or cannot be written.
void export_model(const std::filesystem::path& run, const ExportOptions& options,
                  const std::filesystem::path& directory);

}  // namespace gamut::experiment
