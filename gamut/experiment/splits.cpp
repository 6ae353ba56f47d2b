#include "gamut/experiment/splits.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"
#include "gamut/experiment/cell.h"
#include "gamut/experiment/plan.h"

namespace gamut::experiment {
namespace {

using catalogue::FoldParts;
using catalogue::KeptParts;
using catalogue::Part;

/// What earlier splits say of the selection's songs.
struct Earlier {
  std::vector<KeptParts> splits;
  std::string name;
  std::int64_t strangers = 0;  ///< songs that they have and the selection has not
  bool is_relabelled = false;  ///< songs of both have other labels now

  bool is_exact() const {
    return strangers == 0 && !is_relabelled &&
           std::all_of(splits.begin(), splits.end(), [](const KeptParts& split) {
             return std::count(split.parts.begin(), split.parts.end(), std::nullopt) == 0;
           });
  }
};

/// All splits of a run; none where one is missing, as all are drawn together.
Earlier splits_of_run(const std::filesystem::path& directory, const Selection& selection,
                      const ExperimentConfig& config) {
  Earlier earlier{{}, "an earlier start of this run"};
  for (int repeat = 0; repeat < config.repeats; ++repeat) {
    for (int fold = 0; fold < config.folds; ++fold) {
      const std::filesystem::path path = split_file(directory, fold, repeat);
      if (!std::filesystem::exists(path)) return {};
      catalogue::EarlierSplit split = catalogue::load_earlier_split(path, selection.songs, &selection.labels);
      earlier.strangers = std::ssize(split.strangers);
      earlier.is_relabelled = earlier.is_relabelled || !split.relabelled.empty();
      earlier.splits.push_back({fold, repeat, std::move(split.parts)});
    }
  }
  return earlier;
}

/// Whether a run was begun with the same choice of songs and parts.
bool has_same_data(const std::filesystem::path& directory, const ExperimentConfig& config) {
  const std::filesystem::path path = directory / "experiment.toml";
  if (!std::filesystem::exists(path)) return false;
  return to_json(experiment_from_json(load_toml(path)))["data"] == to_json(config)["data"];
}

std::string describe(const Earlier& earlier, const FoldParts& drawn) {
  const KeptParts& kept = earlier.splits.front();
  const auto placed = std::count(kept.parts.begin(), kept.parts.end(), std::nullopt);
  std::string text = fmt::format("{} songs keep their part of {}, {} are placed",
                                 std::ssize(kept.parts) - placed, earlier.name, placed);
  if (earlier.strangers > 0) {
    text += fmt::format("; {} of its songs are not in this experiment", earlier.strangers);
  }
  const auto share = [&](Part part) {
    return 100.0 * static_cast<double>(std::count(drawn.parts.begin(), drawn.parts.end(), part)) /
           static_cast<double>(drawn.parts.size());
  };
  return text + fmt::format("; now {:.1f} % are for testing, {:.1f} % for validation", share(Part::test),
                            share(Part::validation));
}

DrawnSplits draw(const Earlier& earlier, const Selection& selection, const ExperimentConfig& config) {
  DrawnSplits drawn{draw_folds(selection.songs, selection.labels, config.split, config.folds, config.repeats,
                               earlier.splits),
                    ""};
  if (!earlier.splits.empty()) drawn.origin = describe(earlier, drawn.splits.front());
  return drawn;
}

/// Refuses splits in which a genre's network would have nothing to tell apart, before all others are trained:
/// no combination would have all its networks.
void require_both_classes(std::span<const FoldParts> splits, const Selection& selection,
                          const ExperimentConfig& config) {
  std::vector<std::string> faults;
  for (std::size_t g = 0; g < selection.labels.genres.size(); ++g) {
    for (const FoldParts& split : splits) {
      const catalogue::BinarySet set = training_set(selection, split.parts, g, config);
      if (!set.positives.empty() && !set.negatives.empty()) continue;
      const auto songs = static_cast<std::size_t>(std::ranges::count(split.parts, Part::train));
      const std::size_t positives = set.positives.size();
      std::string fault = fmt::format("{}: {} of {} training songs have it",
                                      printable(selection.labels.genres[g]), positives, songs);
      if (splits.size() > 1) fault += fmt::format(" in fold {} of repeat {}", split.fold, split.repeat);
      if (positives > 0 && positives < songs) {
        fault += fmt::format(", and negatives = \"{}\" takes none of the others", config.negatives);
      }
      faults.push_back(std::move(fault));
    }
  }
  if (faults.empty()) return;
  throw CatalogueError(
      "no network can be trained on training songs of one class; leave such genres out with "
      "[data] genres.exclude, or those with few songs with a higher genres.min_songs:\n  " +
      join(faults, "\n  "));
}

}  // namespace

DrawnSplits draw_splits(const std::filesystem::path& directory, const Selection& selection,
                        const ExperimentConfig& config) {
  Earlier earlier;
  if (!config.split_file.empty()) {
    earlier = {.splits = {{0, 0, selection.kept}},
               .name = printable(config.split_file),
               .strangers = selection.strangers};
  } else if (has_same_data(directory, config)) {
    earlier = splits_of_run(directory, selection, config);
  }
  return draw(earlier, selection, config);
}

std::vector<FoldParts> open_splits(const std::filesystem::path& directory, const Selection& selection,
                                   const ExperimentConfig& config, bool may_write) {
  const Earlier earlier = splits_of_run(directory, selection, config);
  const bool is_fixed = !may_write || has_begun(directory / "cells");
  if (!earlier.splits.empty() && (earlier.is_exact() || is_fixed)) {
    std::vector<FoldParts> splits;
    for (const KeptParts& kept : earlier.splits) {
      // Which says what has changed.
      splits.push_back({kept.fold, kept.repeat,
                        catalogue::load_split(split_file(directory, kept.fold, kept.repeat), selection.songs,
                                              &selection.labels)});
    }
    if (!is_fixed) require_both_classes(splits, selection, config);
    return splits;
  }
  DrawnSplits drawn =
      earlier.splits.empty() ? draw_splits(directory, selection, config) : draw(earlier, selection, config);
  require_both_classes(drawn.splits, selection, config);
  if (!drawn.origin.empty()) say(drawn.origin);
  for (const FoldParts& split : drawn.splits) {
    catalogue::save_split(split_file(directory, split.fold, split.repeat), selection.songs, selection.labels,
                          split.parts, split.fold);
  }
  return std::move(drawn.splits);
}

}  // namespace gamut::experiment
