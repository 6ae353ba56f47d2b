#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/sample.h"
#include "gamut/evaluation/song_metrics.h"

namespace gamut::evaluation {

/// What a mean does with an undefined value: counts what stands in its place, mostly 0, as scikit-learn does,
/// or leaves it out.
enum class Undefined { zero, skip };

inline constexpr std::array<std::string_view, 14> kMultiLabelMetrics = {"f1_micro",
                                                                        "f1_macro",
                                                                        "f1_weighted",
                                                                        "f1_samples",
                                                                        "hamming_loss",
                                                                        "subset_accuracy",
                                                                        "coverage_error",
                                                                        "label_ranking_loss",
                                                                        "label_ranking_average_precision",
                                                                        "one_error",
                                                                        "roc_auc_micro",
                                                                        "roc_auc_macro",
                                                                        "average_precision_micro",
                                                                        "average_precision_macro"};
using MultiLabelValues = std::array<Value, kMultiLabelMetrics.size()>;

/// Every metric at one weighting of the groups.
struct MeasuredValues {
  std::vector<SampleValues> genres;
  SampleValues all_cells;
  SampleValues macro;
  MultiLabelValues multi_label;

  /// The genres, then all cells, macro and multi-label.
  std::vector<std::span<const Value>> rows() const;
};

/// Predictions with their decisions, prepared once and measured at any weighting of groups of songs: all 1
/// for the value, multinomial counts for a bootstrap replicate.
class Measurement {
 public:
  /// @param given   decisions, 1 where the genre is given to the song, shape [songs, genres].
  /// @param groups  of each song, below n_groups.
  /// @throws ParameterError  as validate(), or `given` or `groups` of another length.
  Measurement(const Predictions& predictions, std::span<const std::uint8_t> given,
              std::span<const std::uint32_t> groups, std::size_t n_groups, Undefined undefined);

  /// The values of the songs themselves.
  const MeasuredValues& values() const { return values_; }

  /// The values of a replicate. A genre's value that is defined for the songs themselves and not in the
  /// replicate is left out of its macro mean: it is not known there, and a 0 would widen the interval by
  /// chance alone.
  ///
  /// @param weights  one a group, >= 0.
  MeasuredValues replicate(std::span<const double> weights) const;

  /// How many groups a value of values().rows() rests on: those of the class that lies in fewer groups, and
  /// for a mean over genres the fewest of any genre that has both classes.
  std::size_t groups_behind(std::size_t row, std::size_t metric) const;

  std::span<const Tally> tallies() const { return tallies_; }  ///< of each genre
  std::size_t songs_without_f1() const { return songs_without_f1_; }

 private:
  struct SongSums {
    double songs = 0;
    std::array<double, kSongMetrics.size()> sums{};
    std::array<double, kSongMetrics.size()> undefined{};
  };

  MeasuredValues measure(std::span<const double> weights, const MeasuredValues* known) const;
  Value song_mean(const SongSums& sums, std::size_t metric) const;
  SongSums song_sums(std::span<const double> weights) const;

  Undefined undefined_;
  std::vector<Sample> genres_;
  Sample all_cells_;
  std::vector<SongSums> songs_;  // of each group
  std::vector<Tally> tallies_;
  std::size_t songs_without_f1_ = 0;
  MeasuredValues values_;
};

}  // namespace gamut::evaluation
