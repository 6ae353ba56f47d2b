#include "gamut/evaluation/baselines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/random.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/table_reading.h"

namespace gamut::evaluation {
namespace {

/// How many of some songs there are, and how many of them have each genre.
struct GenreCounts {
  double songs = 0;
  std::vector<double> positives;

  void add(std::span<const std::uint8_t> labels) {
    positives.resize(labels.size());
    ++songs;
    for (std::size_t g = 0; g < labels.size(); ++g) positives[g] += labels[g];
  }
  double share(std::size_t genre) const { return positives[genre] / songs; }
};

/// The known songs of each fold, and of each album in it.
struct Knowledge {
  std::map<std::string, GenreCounts> folds;
  std::map<std::pair<std::string, std::string>, GenreCounts> albums;
};

Knowledge count(const KnownSongs& known) {
  Knowledge knowledge;
  const std::size_t n_genres = known.genres.size();
  for (std::size_t s = 0; s < known.size(); ++s) {
    const auto labels = std::span(known.labels).subspan(s * n_genres, n_genres);
    const std::string fold = known.fold.empty() ? "" : known.fold[s];
    knowledge.folds[fold].add(labels);
    if (!known.album.empty() && !known.album[s].empty()) knowledge.albums[{fold, known.album[s]}].add(labels);
  }
  return knowledge;
}

/// The known songs of each song's fold.
std::vector<const GenreCounts*> counts_of_songs(const Predictions& predictions, const KnownSongs& known,
                                                const Knowledge& knowledge) {
  std::vector<const GenreCounts*> counts;
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    const std::string fold = known.fold.empty() || predictions.fold.empty() ? "" : predictions.fold[s];
    const auto found = knowledge.folds.find(fold);
    if (found == knowledge.folds.end()) {
      throw ParameterError(
          fmt::format("no song is known for the fold \"{}\"; baselines need some", printable(fold)));
    }
    counts.push_back(&found->second);
  }
  return counts;
}

/// 1 for the most frequent genres, as many as a song has on average, at least one.
std::vector<std::uint8_t> most_popular(const GenreCounts& counts) {
  const double a_song = std::accumulate(counts.positives.begin(), counts.positives.end(), 0.0) / counts.songs;
  std::vector<std::size_t> order(counts.positives.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return counts.positives[a] > counts.positives[b]; });
  const auto n = static_cast<std::size_t>(std::max(1.0, std::round(a_song)));
  std::vector<std::uint8_t> given(order.size(), 0);
  for (std::size_t i = 0; i < std::min(n, order.size()); ++i) given[order[i]] = 1;
  return given;
}

void add_values(std::vector<GenreMetrics>& sums, const std::vector<GenreMetrics>& draw) {
  if (sums.empty()) {
    sums = draw;
    return;
  }
  for (std::size_t g = 0; g < sums.size(); ++g) {
    for (std::size_t m = 0; m < sums[g].metrics.size(); ++m) {
      Metric& sum = sums[g].metrics[m];
      sum.value += draw[g].metrics[m].value;
      if (sum.undefined.empty()) {
        sum.undefined = draw[g].metrics[m].undefined;
        sum.partial = draw[g].metrics[m].partial;
      }
    }
  }
}

std::vector<GenreMetrics> guess_at_random(const Predictions& shares, Undefined undefined,
                                          std::uint64_t seed) {
  // A large table averages over itself; a million cells are enough for three digits.
  const auto n_draws =
      static_cast<int>(std::clamp(1e6 / static_cast<double>(shares.scores.size()), 1.0, 100.0));
  Random random(seed, "prevalence baseline");
  std::vector<std::uint8_t> given(shares.scores.size());
  std::vector<GenreMetrics> sums;
  for (int draw = 0; draw < n_draws; ++draw) {
    for (std::size_t cell = 0; cell < given.size(); ++cell)
      given[cell] = random.chance(shares.scores[cell]) ? 1 : 0;
    add_values(sums, evaluate(shares, given, {.undefined = undefined}));
  }
  for (GenreMetrics& genre : sums) {
    for (Metric& metric : genre.metrics) metric.value /= n_draws;
  }
  return sums;
}

std::optional<Baseline> album_oracle(Predictions guesses, const KnownSongs& known, const Knowledge& knowledge,
                                     Undefined undefined) {
  if (guesses.album.empty() || known.part != "training") return std::nullopt;
  std::size_t with_mates = 0;
  const std::size_t n_genres = guesses.genres.size();
  for (std::size_t s = 0; s < guesses.size(); ++s) {
    const std::string fold = known.fold.empty() || guesses.fold.empty() ? "" : guesses.fold[s];
    const auto mates = knowledge.albums.find({fold, guesses.album[s]});
    if (mates == knowledge.albums.end()) continue;
    ++with_mates;
    for (std::size_t g = 0; g < n_genres; ++g) guesses.scores[s * n_genres + g] = mates->second.share(g);
  }
  if (with_mates == 0) return std::nullopt;
  return Baseline{"album-oracle",
                  fmt::format("reads the labels of the album-mates in training, which {} of {} songs have",
                              with_mates, guesses.size()),
                  evaluate(guesses, decide(guesses), {.undefined = undefined})};
}

}  // namespace

KnownSongs known_songs(const Predictions& predictions) {
  if (predictions.part.empty()) return {};
  const auto has = [&](std::string_view part) {
    return std::find(predictions.part.begin(), predictions.part.end(), part) != predictions.part.end();
  };
  if (!has("train") && !has("validation")) return {};
  const Predictions chosen = select_part(predictions, has("train") ? "train" : "validation");
  return {.part = has("train") ? "training" : "validation",
          .genres = chosen.genres,
          .labels = chosen.labels,
          .fold = chosen.fold,
          .album = chosen.album};
}

KnownSongs load_known_songs(const std::filesystem::path& split, std::span<const std::string> genres) {
  CsvReader csv(split);
  FaultList faults(split);
  std::vector<std::string> columns = {"part"};
  for (const std::string& genre : genres) columns.push_back("label:" + genre);
  for (const std::string& column : columns) {
    if (!csv.has_column(column)) faults.add(fmt::format("no column \"{}\"", printable(column)));
  }
  faults.finish();
  KnownSongs known{.genres = {genres.begin(), genres.end()}};
  while (csv.next()) {
    if (!csv.fault().empty()) {
      faults.add(csv.line(), csv.fault());
      continue;
    }
    if (csv["part"] != "train") continue;
    for (const std::string& genre : genres) {
      const std::string& label = csv["label:" + genre];
      if (label != "0" && label != "1") {
        faults.add(csv.line(),
                   fmt::format("label:{} is \"{}\"; a label is 0 or 1", printable(genre), printable(label)));
      }
      known.labels.push_back(label == "1" ? 1 : 0);
    }
    if (csv.has_column("fold")) known.fold.push_back(csv["fold"]);
    if (csv.has_column("album")) known.album.push_back(csv["album"]);
  }
  faults.finish();
  return known;
}

std::vector<Baseline> make_baselines(const Predictions& predictions, const KnownSongs& known_songs,
                                     Undefined undefined, std::uint64_t seed) {
  validate(predictions);
  KnownSongs known = known_songs;
  if (predictions.fold.empty()) known.fold.clear();  // nobody says which fold the songs are of
  if (known.genres != predictions.genres) {
    throw ParameterError("the known songs have other genres than the predictions");
  }
  const Knowledge knowledge = count(known);
  const std::vector<const GenreCounts*> counts = counts_of_songs(predictions, known, knowledge);
  const std::size_t n_genres = predictions.genres.size();
  Predictions shares = predictions;
  Predictions majority = predictions;
  std::vector<std::uint8_t> popular;
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    for (std::size_t g = 0; g < n_genres; ++g) {
      shares.scores[s * n_genres + g] = counts[s]->share(g);
      majority.scores[s * n_genres + g] = counts[s]->share(g) > 0.5 ? 1 : 0;
    }
    const std::vector<std::uint8_t> given = most_popular(*counts[s]);
    popular.insert(popular.end(), given.begin(), given.end());
  }
  const EvaluationOptions options{.undefined = undefined};
  std::vector<Baseline> baselines = {
      {"majority", "gives a genre to all songs or none, as most " + known.part + " songs have it",
       evaluate(majority, decide(majority), options)},
      {"prevalence", "gives a genre at random, as often as " + known.part + " songs have it",
       guess_at_random(shares, undefined, seed)},
      {"popularity",
       "gives every song the most frequent genres, as many as a " + known.part + " song has on average",
       evaluate(shares, popular, options)}};
  if (std::optional<Baseline> oracle = album_oracle(shares, known, knowledge, undefined)) {
    baselines.push_back(std::move(*oracle));
  }
  return baselines;
}

std::optional<double> chance_level(std::string_view metric, double prevalence) {
  if (metric == "balanced_accuracy" || metric == "roc_auc") return 0.5;
  if (metric == "mcc") return 0;
  if (metric == "average_precision") return prevalence;
  return std::nullopt;
}

std::vector<std::string> describe_chance(std::span<const GenreMetrics> genres) {
  std::vector<std::string> sentences;
  for (const GenreMetrics& genre : genres) {
    std::vector<std::string> found;
    for (const Metric& metric : genre.metrics) {
      const bool named = metric.name == "roc_auc" || metric.name == "balanced_accuracy";
      if (!named || !metric.interval || metric.interval->low > 0.5 || metric.interval->high < 0.5) continue;
      found.push_back(fmt::format("{} {:.3f} ({:.3f} to {:.3f})",
                                  metric.name == "roc_auc" ? "ROC AUC" : "balanced accuracy", metric.value,
                                  metric.interval->low, metric.interval->high));
    }
    if (!found.empty()) {
      sentences.push_back(fmt::format("{}: {}: the interval includes 0.5, so this may be chance.",
                                      printable(genre.genre), join_words(found)));
    }
  }
  return sentences;
}

}  // namespace gamut::evaluation
