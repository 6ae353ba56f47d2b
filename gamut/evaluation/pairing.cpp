#include "gamut/evaluation/pairing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/metrics.h"

namespace gamut::evaluation {
namespace {

/// Fewer discordant songs than this, and chi-square is too far from the binomial.
constexpr double kExactBelow = 25;

std::vector<std::size_t> genre_order(const Predictions& first, const Predictions& second) {
  std::vector<std::size_t> order;
  for (const std::string& genre : first.genres) {
    const auto found = std::find(second.genres.begin(), second.genres.end(), genre);
    if (found == second.genres.end() || first.genres.size() != second.genres.size()) {
      throw ParameterError(
          fmt::format("the two predictions are of {} and {} genres, {} being in the first; they must be of "
                      "the same genres",
                      first.genres.size(), second.genres.size(), printable(genre)));
    }
    order.push_back(static_cast<std::size_t>(found - second.genres.begin()));
  }
  return order;
}

/// Two-sided p of `fewer` successes or fewer among n at one half.
double binomial_p(double fewer, double n) {
  double sum = 0;
  for (double k = 0; k <= fewer; ++k) {
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
  }
  return std::min(1.0, 2 * sum);
}

}  // namespace

Predictions align(const Predictions& first, const Predictions& second) {
  validate(first);
  validate(second);
  if (first.size() != second.size()) {
    throw ParameterError(fmt::format("the two predictions are of {} and {} songs; they must be of the same",
                                     first.size(), second.size()));
  }
  const std::vector<std::size_t> genres = genre_order(first, second);
  const auto key = [](const Predictions& predictions, std::size_t song) {
    return std::pair<std::string_view, std::string_view>(
        predictions.songs[song], predictions.fold.empty() ? "" : std::string_view(predictions.fold[song]));
  };
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> songs;
  for (std::size_t s = 0; s < second.size(); ++s) songs.emplace(key(second, s), s);

  Predictions aligned = first;
  const std::size_t n_genres = genres.size();
  for (std::size_t s = 0; s < first.size(); ++s) {
    const auto found = songs.find(key(first, s));
    if (found == songs.end()) {
      throw ParameterError(fmt::format("the song \"{}\" is in the first predictions and not in the second",
                                       printable(first.songs[s])));
    }
    for (std::size_t g = 0; g < n_genres; ++g) {
      const std::size_t there = found->second * n_genres + genres[g];
      if (second.labels[there] != first.labels[s * n_genres + g]) {
        throw ParameterError(fmt::format("the song \"{}\" has another label for {} in the second predictions",
                                         printable(first.songs[s]), printable(first.genres[g])));
      }
      aligned.scores[s * n_genres + g] = second.scores[there];
    }
  }
  return aligned;
}

std::vector<Difference> bootstrap_difference(const Predictions& first, const Predictions& second,
                                             std::string_view metric, const BootstrapOptions& options,
                                             double threshold) {
  const auto name = std::find(kSampleMetrics.begin(), kSampleMetrics.end(), metric);
  if (name == kSampleMetrics.end()) {
    throw ParameterError(
        fmt::format("there is no metric \"{}\"; the ones that can be compared are {}", printable(metric),
                    join_words(std::vector<std::string>(kSampleMetrics.begin(), kSampleMetrics.end()))));
  }
  const auto m = static_cast<std::size_t>(name - kSampleMetrics.begin());
  const Predictions other = align(first, second);
  const SongGroups groups = group_songs(first, options.by);
  const Measurement of_first(first, decide(first, threshold), groups.of_song, groups.count, Undefined::zero);
  const Measurement of_second(other, decide(other, threshold), groups.of_song, groups.count, Undefined::zero);
  const Replicates first_draws = draw_replicates(of_first, groups.count, options);
  const Replicates second_draws = draw_replicates(of_second, groups.count, options);

  std::vector<std::string> names = first.genres;
  names.insert(names.end(), {std::string(kAllCells), std::string(kMacro)});
  std::vector<Difference> differences;
  for (std::size_t r = 0; r < names.size(); ++r) {
    const Value a = of_first.values().rows()[r][m];
    const Value b = of_second.values().rows()[r][m];
    Difference difference{.genre = names[r], .value = a.value - b.value};
    if (a.undefined != nullptr || b.undefined != nullptr) {
      difference.undefined = a.undefined != nullptr ? a.undefined : b.undefined;
    } else if (of_first.groups_behind(r, m) >= kFewestGroups) {
      std::vector<double> draws = first_draws[r][m];
      for (std::size_t i = 0; i < draws.size(); ++i) draws[i] -= second_draws[r][m][i];
      difference.interval = percentile_interval(std::move(draws));
    }
    differences.push_back(std::move(difference));
  }
  return differences;
}

McNemar mcnemar(double first_right, double second_right) {
  McNemar test{.genre = "", .first_right = first_right, .second_right = second_right};
  const double discordant = first_right + second_right;
  test.exact = discordant < kExactBelow;
  if (test.exact) {
    test.p = binomial_p(std::min(first_right, second_right), discordant);
  } else {
    const double difference = std::max(0.0, std::abs(first_right - second_right) - 1);
    test.statistic = difference * difference / discordant;
    test.p = std::erfc(std::sqrt(*test.statistic / 2));  // chi-square with one degree of freedom
  }
  return test;
}

std::vector<McNemar> mcnemar(const Predictions& first, const Predictions& second, double threshold) {
  const Predictions other = align(first, second);
  const std::vector<std::uint8_t> first_given = decide(first, threshold);
  const std::vector<std::uint8_t> second_given = decide(other, threshold);
  const std::size_t n_genres = first.genres.size();
  std::vector<McNemar> tests;
  for (std::size_t g = 0; g < n_genres; ++g) {
    double first_right = 0;
    double second_right = 0;
    for (std::size_t cell = g; cell < first.labels.size(); cell += n_genres) {
      if (first_given[cell] == second_given[cell]) continue;
      ++(first_given[cell] == first.labels[cell] ? first_right : second_right);
    }
    tests.push_back(mcnemar(first_right, second_right));
    tests.back().genre = first.genres[g];
  }
  return tests;
}

}  // namespace gamut::evaluation
