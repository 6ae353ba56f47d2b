#include "gamut/experiment/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <mutex>
#include <thread>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::experiment {
namespace {

constexpr const char* kFailure = "failure.json";

std::string name_of(const Cell& cell) {
  return cell.combination.name() + ", " + cell.name();
}

bool has_failed(const std::filesystem::path& cells, const Cell& cell) {
  return std::filesystem::exists(cells / cell.folder() / kFailure);
}

/// Opening a folder makes an NFS client ask the server what is in it; without, it may remember for a minute
/// that a file of another machine was not there.
void look_again(const std::filesystem::path& folder) {
  std::error_code absent;
  const std::filesystem::directory_iterator opened(folder, absent);
}

/// "mel-nearest-44136fa3_one-vs-all_resnet18_random_0.0, Rock: epoch 3 of 20, 8.7 images/s, loss 0.412, in
/// validation 0.453"
std::string describe_epoch(const Cell& cell, const training::EpochRecord& epoch, std::size_t epochs) {
  return fmt::format("{}, {}: epoch {} of {}, {:.1f} images/s, loss {:.3f}, in validation {:.3f}",
                     cell.combination.name(), cell.name(), epoch.epoch, epochs, epoch.images_per_second,
                     epoch.train_loss, epoch.validation_loss);
}

enum class Outcome { done_before, trained, failed, held };

/// @param waited  another process had the cell: if that one failed, its word is taken.
Outcome settle_cell(const CellMaterial& material, const Cell& cell, bool waited,
                    const std::function<void(const training::EpochRecord&)>& on_epoch) {
  const std::filesystem::path folder = material.cells / cell.folder();
  const std::unique_ptr<FileLock> lock = FileLock::try_take(folder / ".lock");
  if (!lock) return Outcome::held;
  look_again(folder);
  if (is_done(material.cells, cell)) return Outcome::done_before;
  if (waited && has_failed(material.cells, cell)) return Outcome::failed;
  std::filesystem::remove(folder / kFailure);
  try {
    train_cell(material, cell, on_epoch);
    return Outcome::trained;
  } catch (const ModelError& error) {
    save_json(folder / kFailure, {{"reason", error.what()}});
    warn("not trained: " + name_of(cell) + ": " + error.what());
    return Outcome::failed;
  }
}

}  // namespace

Shard parse_shard(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  const bool slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto count = slash ? std::from_chars(index.ptr + 1, end, shard.count) : index;
  if (!slash || count.ec != std::errc() || count.ptr != end || shard.index < 1 || shard.index > shard.count) {
    throw ParameterError("the shard \"" + printable(text) +
                         "\" must be I/N with I from 1 to N, for example 2/16");
  }
  return shard;
}

std::vector<Cell> share_of(const std::vector<Cell>& cells, const Shard& shard) {
  const auto count = static_cast<std::size_t>(shard.count);
  const auto index = static_cast<std::size_t>(shard.index - 1);
  std::vector<Cell> share;
  for (std::size_t round = 0; round * count < cells.size(); ++round) {
    const std::size_t place = round * count + (round % 2 == 0 ? index : count - 1 - index);
    if (place < cells.size()) share.push_back(cells[place]);
  }
  return share;
}

void discard_damaged_cells(const std::filesystem::path& cells, const std::vector<Cell>& plan, int jobs) {
  parallel_for(plan.size(), jobs, [&](std::size_t i) {
    check_interrupted();
    const Cell& cell = plan[i];
    if (!is_done(cells, cell)) return;
    const std::string damage = find_damage(cells, cell);
    if (damage.empty()) return discard_epochs(cells, cell);
    warn(name_of(cell) + ": " + damage + "; it is to be trained again");
    discard_cell(cells, cell);
  });
}

std::int64_t settle_cells(const CellMaterial& material, const std::vector<Cell>& cells, int jobs) {
  std::vector<const Cell*> open;
  for (const Cell& cell : cells) {
    if (!is_done(material.cells, cell)) open.push_back(&cell);
  }
  std::atomic<std::int64_t> trained{0};
  const auto epochs = static_cast<std::size_t>(material.config.training.epochs);
  Progress progress("networks", open.size(), epochs);
  for (bool waited = false; !open.empty(); waited = true) {
    std::vector<const Cell*> held;
    std::mutex held_mutex;
    parallel_for(open.size(), jobs, [&](std::size_t i) {
      check_interrupted();
      std::size_t epochs_shown = 0;
      const auto show_epoch = [&](const training::EpochRecord& epoch) {
        const auto now = static_cast<std::size_t>(epoch.epoch);
        progress.advance(now - epochs_shown, describe_epoch(*open[i], epoch, epochs));
        epochs_shown = now;
      };
      const Outcome outcome = settle_cell(material, *open[i], waited, show_epoch);
      if (outcome == Outcome::held) {
        const std::lock_guard lock(held_mutex);
        held.push_back(open[i]);
        return;
      }
      if (outcome == Outcome::trained) ++trained;
      progress.advance(epochs - epochs_shown, name_of(*open[i]));
    });
    if (!held.empty()) {
      if (!waited)
        say(std::to_string(held.size()) + " networks are trained by other processes; waiting for them");
      std::this_thread::sleep_for(std::chrono::seconds(1));
      check_interrupted();
    }
    open = std::move(held);
  }
  return trained;
}

bool is_settled(const std::filesystem::path& cells, const Cell& cell) {
  look_again(cells / cell.folder());
  return is_done(cells, cell) || has_failed(cells, cell);
}

std::vector<std::string> failures_of(const std::filesystem::path& cells, const std::vector<Cell>& plan) {
  std::vector<std::string> failures;
  for (const Cell& cell : plan) {
    if (is_done(cells, cell)) continue;
    const std::filesystem::path record = cells / cell.folder() / kFailure;
    failures.push_back(name_of(cell) + ": " +
                       (std::filesystem::exists(record) ? load_json(record).at("reason").get<std::string>()
                                                        : "not trained yet"));
  }
  std::sort(failures.begin(), failures.end());
  return failures;
}

void save_plan(const std::filesystem::path& run_directory, const std::vector<Cell>& cells) {
  std::string text = "folder,scale,reduce,strategy,architecture,initialisation,fold,repeat,genre\n";
  for (const Cell& cell : cells) {
    const Combination& c = cell.combination;
    text += csv_row({cell.folder().string(), c.scale, c.reduce, c.strategy, c.architecture, c.initialisation,
                     std::to_string(c.fold), std::to_string(c.repeat), cell.genre});
  }
  save_atomically(run_directory / "cells.csv", text);
}

}  // namespace gamut::experiment
