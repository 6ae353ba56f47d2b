#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "gamut/core/html.h"
#include "gamut/report/comparison.h"
#include "gamut/report/run_files.h"
#include "gamut/report/scores.h"

// The report's sections, in their order on the page. Those with figures count them on in `figures`.
namespace gamut::report {

/// Title, what was measured in one line, and links to the sections of `main`.
Html make_header(const RunFiles& files, const Scores& scores, const Html& main);

/// Which scale, by how much, how sure, on what evidence and what would change the answer, in plain words.
Html make_verdict(const RunFiles& files, const Scores& scores, const ScaleComparisons& comparisons);

/// What the reader must know before believing the rest; empty where there is nothing.
Html make_notes(const RunFiles& files);

/// Songs per genre (the paper's Table 1) and how the split kept its promises.
Html make_music_section(const RunFiles& files);

/// Pictures of the same song on each scale (the paper's Figures 1 and 2).
Html make_pictures_section(const RunFiles& files, int& figures);

/// Box plots by architecture and scale (the paper's Figures 3 to 6).
Html make_architecture_section(const Scores& scores, int& figures);

/// Scores by genre for one architecture (the paper's Figures 7 to 9).
Html make_genre_section(const RunFiles& files, const Scores& scores, int& figures);

/// F1 of each genre with its interval, for one architecture; empty without intervals.
Html make_intervals_figure(const RunFiles& files, const Scores& scores, int& figures);

/// The comparison in full: every test, Q–Q plot (the paper's Figure 10), critical-difference diagram, pairs.
Html make_test_section(const ScaleComparisons& comparisons, int& figures);

/// McNemar's test of each genre between two scales; empty without predictions of two.
Html make_mcnemar_section(const RunFiles& files);

/// The gain of a scale over the baseline by combination, level and genre, with intervals; empty below two
/// scales.
Html make_gain_section(const RunFiles& files, int& figures);
/// In how many combinations the gain is there; empty below two of them.
std::string gain_sentence(const RunFiles& files);

/// Decisions at 0.5, tuned and corrected side by side; empty where there is but one.
Html make_decisions_section(const RunFiles& files, int& figures);

/// Networks beside guessers; empty without baselines.
Html make_baselines_section(const RunFiles& files, const Scores& scores, int& figures);
/// Genres that are not shown to be recognised better than by chance, and those that cannot be judged; empty
/// without balanced accuracies.
std::string chance_sentence(const Scores& scores);

/// The score with and without leaks; empty unless a run of the workspace differs in how songs were grouped.
Html make_leaks_section(const RunFiles& files, const Scores& scores, int& figures);

/// Scores against training songs of the genre, with rank correlations; empty where they are not known.
Html make_size_section(const RunFiles& files, const Scores& scores, int& figures);
/// Whether F1 goes with the training songs; empty where that was not tested.
std::string size_sentence(const RunFiles& files);

/// Reliability diagram and calibration errors.
Html make_calibration_section(const RunFiles& files, const Scores& scores, int& figures);

/// Which genres are given to the songs of which.
Html make_confusion_section(const RunFiles& files, int& figures);

/// A network whose predictions figures show, as readers call it.
struct TitledNetwork {
  std::string set, start, architecture;
  const evaluation::Predictions* test;
};

/// The networks of the first architecture and repeat.
std::vector<TitledNetwork> networks_shown(const RunFiles& files);

/// The experiment's genres, those with the most songs first.
std::vector<std::string> genres_by_size(const Json& summary);

/// What the means over genres of these metrics count or leave out where a genre has no value; empty where
/// every genre has one.
Html make_undefined_note(const Scores& scores, std::span<const std::string_view> metrics);

/// Every metric over all cells and as the mean over genres.
Html make_aggregates_section(const Scores& scores);

/// Loss by epoch of the best networks; empty where the run does not hold its networks' histories.
Html make_learning_section(const RunFiles& files, int& figures);

/// The best and worst predictions of each genre, as the best networks made them; empty without a gallery.
/// @param page_directory  where the page will be, absolute: links to songs are relative to it.
Html make_gallery_section(const RunFiles& files, const std::filesystem::path& page_directory);

/// Seconds, images a second, memory and disk; empty where nothing of it is known.
Html make_cost_section(const RunFiles& files);

/// The experiment as run, and the versions that ran it.
Html make_configuration_section(const RunFiles& files);

}  // namespace gamut::report
