#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gamut::report {

/// One row of a network's history.csv.
struct Epoch {
  int number = 0;                                ///< from 1
  double train_loss = 0;                         ///< nats an example
  double validation_loss = 0;                    ///< nats an example, each class with half the weight
  double seconds = 0;                            ///< it took
  std::optional<double> images_per_second = {};  ///< absent in files of older versions
};

/// What the report shows of one trained network.
struct CellFiles {
  std::string scale, reduce, strategy, architecture, initialisation, fold, repeat;
  std::string genre;  ///< empty: one network for all genres
  double seconds = 0;
  std::uintmax_t model_bytes = 0;
  std::vector<Epoch> history;
};

/// The finished networks of a run, in the order of its plan; none where the run holds no plan (cells.csv) or
/// its networks were taken away.
///
/// @throws FileError  a file is malformed; the message names it.
std::vector<CellFiles> load_cells(const std::filesystem::path& run_directory);

}  // namespace gamut::report
