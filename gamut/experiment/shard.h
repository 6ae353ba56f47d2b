#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/experiment/cell.h"
#include "gamut/experiment/plan.h"

namespace gamut::experiment {

/// One of `count` processes, on one machine or many, that share the cells of a run.
struct Shard {
  int index = 1;  ///< 1 to count
  int count = 1;
};

/// @param text  "I/N", for example "2/16".
/// @throws ParameterError  not of that form, or I outside 1 to N.
Shard parse_shard(const std::string& text);

/// The shard's cells.
///
/// Cells are dealt in the plan's order, one to each shard, every other round backwards. Shards differ by one
/// cell at most, and what costs most and stands together in the plan, large genres and deep networks, is
/// spread over them. All shards together have every cell once; the share depends on nothing but the plan and
/// the shard.
std::vector<Cell> share_of(const std::vector<Cell>& cells, const Shard& shard);

/// Looks at the files of the cells that are done, `jobs` side by side, says which are damaged, and discards
/// those cells, so that they are trained again; of the others, what a kill may have left of their training.
void discard_damaged_cells(const std::filesystem::path& cells, const std::vector<Cell>& plan, int jobs);

/// Trains those of the cells that are not done, `jobs` side by side, and returns once every one is done or
/// failed.
///
/// Each cell is trained under a lock on CELL/.lock, so that no two processes train it at once, also when two
/// have the same share: who finds it held goes on with the next one, and at the end waits for what is left. A
/// process that dies gives its locks back (FileLock), and whoever waits takes the cell over. The lock stays
/// behind as an empty claim: what counts is whether it is held.
///
/// A cell that fails does not stop the others: CELL/failure.json has the reason, until the cell is tried
/// again.
///
/// @return how many were trained here.
/// @throws Interrupted  between two steps; finished cells and epoch files are kept.
/// @throws FileError    the disk is full; the same.
std::int64_t settle_cells(const CellMaterial& material, const std::vector<Cell>& cells, int jobs);

/// Whether the cell is done or has failed, as far as any process has written.
bool is_settled(const std::filesystem::path& cells, const Cell& cell);

/// One line for every cell that is not done: which, and why.
std::vector<std::string> failures_of(const std::filesystem::path& cells, const std::vector<Cell>& plan);

/// Writes RUN/cells.csv, from which `gamut status` knows what there is to do: folder under RUN/cells, scale,
/// reduce, strategy, architecture, initialisation, fold, repeat, genre.
void save_plan(const std::filesystem::path& run_directory, const std::vector<Cell>& cells);

}  // namespace gamut::experiment
