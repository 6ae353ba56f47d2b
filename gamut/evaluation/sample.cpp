#include "gamut/evaluation/sample.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gamut::evaluation {
namespace {

constexpr const char* kNoCells = "no songs";
constexpr const char* kNoPositives = "no positives";
constexpr const char* kNoNegatives = "no negatives";
constexpr const char* kNonePredicted = "none predicted";

Value ratio(double numerator, double denominator, const char* reason) {
  return denominator == 0 ? Value{0, reason} : Value{numerator / denominator, nullptr};
}

/// Why nothing can be said of truth that is all of one class.
const char* one_class(const Tally& t) {
  if (t.positives() == 0) return kNoPositives;
  return t.negatives() == 0 ? kNoNegatives : nullptr;
}

Value balanced_accuracy(const Tally& t, const Value& recall, const Value& specificity) {
  if (t.positives() == 0) return {specificity.value, kNoPositives};
  if (t.negatives() == 0) return {recall.value, kNoNegatives};
  return {(recall.value + specificity.value) / 2, nullptr};
}

Value geometric_mean(const Tally& t, const Value& recall, const Value& specificity) {
  return {std::sqrt(recall.value * specificity.value), one_class(t)};
}

Value mcc(const Tally& t) {
  if (const char* reason = one_class(t)) return {0, reason};
  const double left = t.cells() - t.predicted();
  if (t.predicted() == 0) return {0, kNonePredicted};
  if (left == 0) return {0, "all predicted"};
  // Root by root: the product of four counts of a large sample would lose digits.
  return {
      (t.true_positives * t.true_negatives - t.false_positives * t.false_negatives) /
          (std::sqrt(t.positives()) * std::sqrt(t.negatives()) * std::sqrt(t.predicted()) * std::sqrt(left)),
      nullptr};
}

Tally tally_of(bool positive, bool given, double score) {
  constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
  const double likelihood = std::clamp(score, kEpsilon, 1 - kEpsilon);
  Tally t;
  t.log_loss = -std::log(positive ? likelihood : 1 - likelihood);
  t.squared_error = (score - (positive ? 1 : 0)) * (score - (positive ? 1 : 0));
  if (positive) {
    (given ? t.true_positives : t.false_negatives) = 1;
  } else {
    (given ? t.false_positives : t.true_negatives) = 1;
  }
  return t;
}

}  // namespace

void Tally::add(const Tally& other, double weight) {
  true_positives += weight * other.true_positives;
  false_positives += weight * other.false_positives;
  true_negatives += weight * other.true_negatives;
  false_negatives += weight * other.false_negatives;
  log_loss += weight * other.log_loss;
  squared_error += weight * other.squared_error;
}

Sample::Sample(std::span<const std::uint8_t> labels, std::span<const double> scores,
               std::span<const std::uint8_t> given, std::span<const std::uint32_t> groups,
               std::size_t n_groups)
    : groups_(n_groups) {
  ranking_.reserve(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    groups_[groups[i]].add(tally_of(labels[i] == 1, given[i] == 1, scores[i]), 1);
    ranking_.push_back({scores[i], groups[i], labels[i] == 1});
  }
  std::sort(ranking_.begin(), ranking_.end(),
            [](const RankedCell& a, const RankedCell& b) { return a.score > b.score; });
}

Tally Sample::tally(std::span<const double> weights) const {
  Tally sum;
  for (std::size_t g = 0; g < groups_.size(); ++g) sum.add(groups_[g], weights[g]);
  return sum;
}

std::size_t Sample::groups_of_rarer_class() const {
  const auto positive =
      std::ranges::count_if(groups_, [](const Tally& group) { return group.positives() > 0; });
  const auto negative =
      std::ranges::count_if(groups_, [](const Tally& group) { return group.negatives() > 0; });
  return static_cast<std::size_t>(std::min(positive, negative));
}

SampleValues Sample::values(std::span<const double> weights) const {
  const Tally t = tally(weights);
  SampleValues values;
  if (t.cells() == 0) {
    values.fill({0, kNoCells});
    return values;
  }
  double positives = 0;
  double negatives = 0;
  double pairs_in_order = 0;  // of a positive and a negative; a tie is half a pair
  double precision_sum = 0;
  for (auto cell = ranking_.begin(); cell != ranking_.end();) {
    const double score = cell->score;
    double tied_positives = 0;
    double tied_negatives = 0;
    for (; cell != ranking_.end() && cell->score == score; ++cell) {
      (cell->positive ? tied_positives : tied_negatives) += weights[cell->group];
    }
    pairs_in_order += tied_negatives * (positives + tied_positives / 2);
    positives += tied_positives;
    negatives += tied_negatives;
    if (tied_positives > 0) precision_sum += tied_positives * positives / (positives + negatives);
  }
  const Value recall = ratio(t.true_positives, t.positives(), kNoPositives);
  const Value specificity = ratio(t.true_negatives, t.negatives(), kNoNegatives);
  return {Value{(t.true_positives + t.true_negatives) / t.cells(), nullptr},
          Value{t.log_loss / t.cells(), nullptr},
          ratio(2 * t.true_positives, t.positives() + t.predicted(), "no positives, none predicted"),
          balanced_accuracy(t, recall, specificity),
          ratio(t.true_positives, t.predicted(), kNonePredicted),
          recall,
          specificity,
          geometric_mean(t, recall, specificity),
          mcc(t),
          ratio(pairs_in_order, positives * negatives, one_class(t)),
          ratio(precision_sum, positives, kNoPositives),
          Value{t.squared_error / t.cells(), nullptr}};
}

}  // namespace gamut::evaluation
