#include "gamut/evaluation/assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/table_reading.h"

namespace gamut::evaluation {
namespace {

constexpr std::string_view kTest = "test";
constexpr std::string_view kValidation = "validation";

bool has_part(const Predictions& predictions, std::string_view part) {
  return std::find(predictions.part.begin(), predictions.part.end(), part) != predictions.part.end();
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

void add_baselines(Assessment& assessment, const Predictions& predictions, const AssessmentOptions& options) {
  const KnownSongs known = options.known.size() > 0 ? options.known : known_songs(predictions);
  if (known.size() == 0) {
    assessment.not_available.emplace_back(
        "baselines: they learn from the labels of songs of the part \"train\" or \"validation\", and there "
        "are none");
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
    if (groups.count < 2) {
      assessment.not_available.push_back("intervals: all songs are of one " + groups.by);
    } else if (groups.by == "song") {
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
