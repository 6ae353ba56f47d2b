#include "gamut/evaluation/song_metrics.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace gamut::evaluation {
namespace {

struct Ranking {
  double coverage = 0;
  double loss = 0;
  double average_precision = 1;
  double one_error = 0;
};

/// @param n_relevant  how many labels are 1.
Ranking rank(std::span<const std::uint8_t> labels, std::span<const double> scores, double n_relevant) {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  Ranking ranking;
  double seen = 0;
  double relevant = 0;
  double precision_sum = 0;
  double wrong_pairs = 0;
  for (std::size_t i = 0; i < order.size();) {
    const double missing = n_relevant - relevant;  // before the block: relevant ones at this score or below
    double tied = 0;
    double tied_relevant = 0;
    for (const double score = scores[order[i]]; i < order.size() && scores[order[i]] == score; ++i) {
      ++tied;
      tied_relevant += labels[order[i]];
    }
    if (seen == 0) ranking.one_error = 1 - tied_relevant / tied;
    seen += tied;
    relevant += tied_relevant;
    wrong_pairs += (tied - tied_relevant) * missing;
    precision_sum += tied_relevant * relevant / seen;
    if (tied_relevant > 0) ranking.coverage = seen;
  }
  const double irrelevant = seen - n_relevant;
  if (n_relevant > 0 && irrelevant > 0) {
    ranking.loss = wrong_pairs / (n_relevant * irrelevant);
    ranking.average_precision = precision_sum / n_relevant;
  }
  return ranking;
}

}  // namespace

SongValues song_values(std::span<const std::uint8_t> labels, std::span<const double> scores,
                       std::span<const std::uint8_t> given) {
  double right = 0;
  double in_truth = 0;
  double in_decision = 0;
  double hits = 0;
  for (std::size_t g = 0; g < labels.size(); ++g) {
    right += labels[g] == given[g] ? 1 : 0;
    in_truth += labels[g];
    in_decision += given[g];
    hits += labels[g] * given[g];
  }
  const auto n_genres = static_cast<double>(labels.size());
  const Ranking ranking = rank(labels, scores, in_truth);
  const bool nothing = in_truth + in_decision == 0;
  return {nothing ? Value{0, "a song has no genre and is given none"}
                  : Value{2 * hits / (in_truth + in_decision), nullptr},
          Value{1 - right / n_genres, nullptr},
          Value{right == n_genres ? 1.0 : 0.0, nullptr},
          Value{ranking.coverage, nullptr},
          Value{ranking.loss, nullptr},
          Value{ranking.average_precision, nullptr},
          in_truth == 0 ? Value{0, "a song has no genre"} : Value{ranking.one_error, nullptr}};
}

}  // namespace gamut::evaluation
