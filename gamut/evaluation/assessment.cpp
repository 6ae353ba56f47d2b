#include "gamut/evaluation/assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/table_reading.h"

namespace gamut::evaluation {
namespace {

constexpr std::string_view kTest = "test";
constexpr std::string_view kTrain = "train";
constexpr std::string_view kValidation = "validation";

bool has_part(const Predictions& predictions, std::string_view part) {
  return std::find(predictions.part.begin(), predictions.part.end(), part) != predictions.part.end();
}

/// Says which genres have no intervals because they rest on few groups.
void add_missing_intervals(Assessment& assessment, const SongGroups& groups) {
  const std::vector<GenreMetrics>& metrics = assessment.decisions.front().metrics;
  std::vector<std::string> genres;
  for (const std::string& genre : assessment.songs.genres) {
    // Songs have an accuracy whatever their labels.
    if (!find_metric(metrics, genre, "accuracy").interval) genres.push_back(printable(genre));
  }
  if (genres.empty()) return;
  const std::string whose =
      genres.size() == assessment.songs.genres.size() ? "any genre" : join_words(genres);
  assessment.not_available.push_back(
      groups.count < kFewestGroups
          ? fmt::format("intervals: the songs are of fewer than {} {}s", kFewestGroups, groups.by)
          : fmt::format("intervals for {} and for means over genres: they take songs with the genre of at "
                        "least {} {}s, and songs without it of as many",
                        whose, kFewestGroups, groups.by));
}

/// Adds the songs judged by thresholds and priors that do not come from them.
void add_fitted_decisions(Assessment& assessment, const Predictions& predictions,
                          const AssessmentOptions& options, const EvaluationOptions& evaluation) {
  const Predictions& songs = assessment.songs;
  const bool can_fit = has_part(predictions, kValidation) && assessment.part == kTest;
  Predictions validation;
  if (can_fit) {
    validation = select_part(predictions, kValidation);
    assessment.thresholds = fit_thresholds(validation, options.precision);
    assessment.decisions.push_back(
        {"tuned", evaluate(songs, decide(songs, assessment.thresholds), evaluation)});
  } else {
    assessment.not_available.emplace_back(
        "tuned thresholds: they are fitted on songs of the part \"validation\" and judged on songs of the "
        "part \"test\", and the file has not both");
  }
  Priors priors = options.priors;
  if (priors.empty() && can_fit && options.trained_prior)
    priors = fit_priors(validation, *options.trained_prior);
  if (priors.empty()) {
    assessment.not_available.emplace_back(
        "scores corrected for the prior: they need the share of positives in training and songs of the part "
        "\"validation\"");
    return;
  }
  const Predictions corrected = correct_priors(songs, priors);
  assessment.decisions.push_back({"corrected", evaluate(corrected, decide(corrected), evaluation)});
}

/// Whether the part that is judged, all songs where it is empty, has the known songs.
bool learns_from(const Predictions& songs, const std::string& part, const KnownSongs& known) {
  const std::string_view known_part = known.part == "training" ? kTrain : kValidation;
  return part.empty() ? has_part(songs, known_part) : part == known_part;
}

/// A fold of the songs of which nothing is known.
std::optional<std::string> unknown_fold(const Predictions& songs, const KnownSongs& known) {
  if (known.fold.empty()) return std::nullopt;
  const std::set<std::string_view> folds(known.fold.begin(), known.fold.end());
  const auto found =
      std::ranges::find_if(songs.fold, [&](const auto& fold) { return !folds.contains(fold); });
  return found == songs.fold.end() ? std::nullopt : std::optional(*found);
}

void add_baselines(Assessment& assessment, const Predictions& predictions, const AssessmentOptions& options) {
  const KnownSongs known = options.known.size() > 0 ? options.known : known_songs(predictions);
  if (known.size() == 0) {
    assessment.not_available.emplace_back(
        "baselines: they learn from the labels of songs of the part \"train\" or \"validation\", and there "
        "are none");
    return;
  }
  if (learns_from(assessment.songs, assessment.part, known)) {
    assessment.not_available.emplace_back(
        "baselines: the songs whose labels they would learn from are among those judged");
    return;
  }
  if (const std::optional<std::string> fold = unknown_fold(assessment.songs, known)) {
    assessment.not_available.push_back(fmt::format(
        "baselines: no song is known of the fold \"{}\", from which they could learn", printable(*fold)));
    return;
  }
  assessment.baselines = make_baselines(assessment.songs, known, options.undefined, options.seed);
  if (assessment.baselines.back().name == "album-oracle") return;
  const char* why = assessment.songs.album.empty() ? "the songs have no column album"
                    : known.part != "training"     ? "the labels of training songs are not there"
                    : known.album.empty()          ? "the training songs have no column album"
                                                   : "no song has album-mates in training";
  assessment.not_available.push_back(fmt::format("the album oracle: {}", why));
}

}  // namespace

Assessment assess(const Predictions& predictions, const AssessmentOptions& options) {
  validate(predictions);
  Assessment assessment;
  assessment.part = options.part;
  if (assessment.part.empty() && has_part(predictions, kTest)) assessment.part = kTest;
  assessment.songs = assessment.part.empty() ? predictions : select_part(predictions, assessment.part);
  if (assessment.songs.size() == 0) {
    throw ParameterError(fmt::format("no song is of the part \"{}\"", printable(assessment.part)));
  }
  const EvaluationOptions evaluation{options.undefined, options.bootstrap};
  assessment.decisions.push_back({"0.5", evaluate(assessment.songs, decide(assessment.songs), evaluation)});
  if (options.bootstrap) {
    const SongGroups groups = group_songs(assessment.songs, options.bootstrap->by);
    assessment.resampled = groups.by;
    add_missing_intervals(assessment, groups);
    if (groups.by == "song") {
      assessment.not_available.emplace_back(
          "intervals that resample albums or artists: the songs have neither column, and single songs make "
          "the intervals too narrow where albums are large");
    }
  }
  assessment.chance = describe_chance(assessment.decisions.front().metrics);
  add_fitted_decisions(assessment, predictions, options, evaluation);
  add_baselines(assessment, predictions, options);
  return assessment;
}

void fill_from_split(Predictions& predictions, const std::filesystem::path& split) {
  CsvReader csv(split);
  FaultList faults(split);
  if (!csv.has_column("song")) faults.add("no column \"song\"");
  faults.finish();
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t s = 0; s < predictions.size(); ++s) index.emplace(predictions.songs[s], s);
  const std::vector<std::pair<std::string_view, std::vector<std::string>*>> columns = {
      {"part", &predictions.part}, {"album", &predictions.album}, {"artist", &predictions.artist}};
  std::vector<std::pair<std::string_view, std::vector<std::string>*>> missing;
  for (const auto& [name, values] : columns) {
    if (!values->empty() || !csv.has_column(name)) continue;
    missing.emplace_back(name, values);
    values->resize(predictions.size());
  }
  std::vector<bool> found(predictions.size(), false);
  while (csv.next()) {
    if (!csv.fault().empty()) {
      faults.add(csv.line(), csv.fault());
      continue;
    }
    const auto song = index.find(csv["song"]);
    if (song == index.end()) continue;
    found[song->second] = true;
    for (const auto& [name, values] : missing) (*values)[song->second] = csv[name];
  }
  for (std::size_t s = 0; s < predictions.size(); ++s) {
    if (!found[s] && !missing.empty())
      faults.add(fmt::format("no song \"{}\"", printable(predictions.songs[s])));
  }
  faults.finish();
}

}  // namespace gamut::evaluation
