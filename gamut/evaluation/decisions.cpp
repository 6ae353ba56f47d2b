#include "gamut/evaluation/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::evaluation {
namespace {

/// What one threshold gives.
struct Candidate {
  double threshold;
  double hits;
  double given;

  double precision() const { return hits / given; }
};

/// Midway, so that as much room is left on either side; never the upper one, which is to be given.
double between(double below, double above) {
  const double middle = below + (above - below) / 2;
  return middle < above ? middle : below;
}

/// One candidate between any two neighbouring scores, from the highest down. A score of 0 can never be given.
std::vector<Candidate> candidates(std::span<const std::uint8_t> labels, std::span<const double> scores) {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::vector<Candidate> found;
  double hits = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double score = scores[order[i]];
    if (score == 0) break;
    hits += labels[order[i]];
    const double next = i + 1 < order.size() ? scores[order[i + 1]] : 0;
    if (next < score) found.push_back({between(next, score), hits, static_cast<double>(i + 1)});
  }
  return found;
}

bool is_nearer_half(const Candidate& a, const Candidate& b) {
  return std::abs(a.threshold - 0.5) < std::abs(b.threshold - 0.5);
}

Threshold no_positives() {
  return {0.5, "no positives among the validation songs, so it stays 0.5"};
}

/// Calls `fit` with the labels and scores of every genre in every fold.
template <class Fitted, class Fit>
std::map<std::string, std::vector<Fitted>> fit_each(const Predictions& predictions, const Fit& fit) {
  validate(predictions);
  std::map<std::string, std::vector<std::size_t>> songs;
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    songs[predictions.fold.empty() ? "" : predictions.fold[s]].push_back(s);
  }
  const std::size_t n_genres = predictions.genres.size();
  std::map<std::string, std::vector<Fitted>> fitted;
  for (const auto& [fold, members] : songs) {
    for (std::size_t g = 0; g < n_genres; ++g) {
      std::vector<std::uint8_t> labels;
      std::vector<double> scores;
      for (const std::size_t song : members) {
        labels.push_back(predictions.labels[song * n_genres + g]);
        scores.push_back(predictions.scores[song * n_genres + g]);
      }
      fitted[fold].push_back(fit(labels, scores));
    }
  }
  return fitted;
}

/// Calls `use` with every cell and what was fitted for it.
template <class Fitted, class Use>
void for_each_cell(const Predictions& predictions, const std::map<std::string, std::vector<Fitted>>& fitted,
                   const Use& use) {
  const std::size_t n_genres = predictions.genres.size();
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    const std::string fold = predictions.fold.empty() ? "" : predictions.fold[s];
    const auto found = fitted.find(fold);
    if (found == fitted.end() || found->second.size() != n_genres) {
      throw ParameterError(
          fmt::format("nothing was fitted for the fold \"{}\" with its {} genres; it needs validation songs",
                      printable(fold), n_genres));
    }
    for (std::size_t g = 0; g < n_genres; ++g) use(s * n_genres + g, found->second[g]);
  }
}

}  // namespace

Threshold best_f1_threshold(std::span<const std::uint8_t> labels, std::span<const double> scores) {
  const auto positives = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
  if (positives == 0) return no_positives();
  const std::vector<Candidate> all = candidates(labels, scores);
  if (all.empty()) return {0.5, "every validation score is 0, so it stays 0.5"};
  const auto f1 = [&](const Candidate& candidate) { return candidate.hits / (candidate.given + positives); };
  const auto best = std::min_element(all.begin(), all.end(), [&](const Candidate& a, const Candidate& b) {
    return f1(a) != f1(b) ? f1(a) > f1(b) : is_nearer_half(a, b);
  });
  return {best->threshold, ""};
}

Threshold precision_threshold(std::span<const std::uint8_t> labels, std::span<const double> scores,
                              double precision) {
  if (!(precision > 0 && precision <= 1)) {
    throw ParameterError(
        fmt::format("the precision wanted is {}; it must be above 0 and at most 1", precision));
  }
  if (std::count(labels.begin(), labels.end(), 1) == 0) return no_positives();
  const std::vector<Candidate> all = candidates(labels, scores);
  if (all.empty()) return {0.5, "every validation score is 0, so it stays 0.5"};
  const auto best = std::min_element(all.begin(), all.end(), [&](const Candidate& a, const Candidate& b) {
    const bool a_holds = a.precision() >= precision;
    const bool b_holds = b.precision() >= precision;
    if (a_holds != b_holds) return a_holds;
    if (a_holds && a.hits != b.hits) return a.hits > b.hits;
    if (a.precision() != b.precision()) return a.precision() > b.precision();
    return a.hits > b.hits;
  });
  if (best->precision() >= precision) return {best->threshold, ""};
  return {best->threshold, fmt::format("no threshold has a precision of {}; this one has the highest, {:.3f}",
                                       precision, best->precision())};
}

Thresholds fit_thresholds(const Predictions& validation, std::optional<double> precision) {
  return fit_each<Threshold>(validation, [&](std::span<const std::uint8_t> labels,
                                             std::span<const double> scores) {
    return precision ? precision_threshold(labels, scores, *precision) : best_f1_threshold(labels, scores);
  });
}

std::vector<std::uint8_t> decide(const Predictions& predictions, const Thresholds& thresholds) {
  std::vector<std::uint8_t> given(predictions.scores.size());
  for_each_cell(predictions, thresholds, [&](std::size_t cell, const Threshold& threshold) {
    given[cell] = predictions.scores[cell] > threshold.value ? 1 : 0;
  });
  return given;
}

Priors fit_priors(const Predictions& validation, double trained) {
  return fit_each<Prior>(validation, [&](std::span<const std::uint8_t> labels, std::span<const double>) {
    const auto positives = static_cast<double>(std::count(labels.begin(), labels.end(), 1));
    return Prior{trained, (positives + 0.5) / (static_cast<double>(labels.size()) + 1)};
  });
}

double correct_prior(double score, const Prior& prior) {
  const double positive = score * prior.real / prior.trained;
  const double negative = (1 - score) * (1 - prior.real) / (1 - prior.trained);
  return positive / (positive + negative);
}

Predictions correct_priors(Predictions predictions, const Priors& priors) {
  std::vector<double> corrected = predictions.scores;
  for_each_cell(predictions, priors, [&](std::size_t cell, const Prior& prior) {
    for (const double share : {prior.trained, prior.real}) {
      if (!(share > 0 && share < 1)) {
        throw ParameterError(fmt::format("a prior is {}; it must be above 0 and below 1", share));
      }
    }
    corrected[cell] = correct_prior(predictions.scores[cell], prior);
  });
  predictions.scores = std::move(corrected);
  return predictions;
}

}  // namespace gamut::evaluation
