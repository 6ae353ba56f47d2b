#pragma once

#include <filesystem>

#include "gamut/report/html.h"
#include "gamut/report/run_files.h"
#include "gamut/report/scores.h"

// The report's sections, in their order on the page. Those with figures count them on in `figures`.
namespace gamut::report {

/// Title, what was measured in one line, and the table of contents.
Html make_header(const RunFiles& files, const Scores& scores);

/// What the paired tests say, in words and numbers; or why there is none.
Html make_verdict(const RunFiles& files, const Scores& scores);

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

/// The comparison in full: Q–Q plot (the paper's Figure 10), numbers and pairs.
Html make_test_section(const RunFiles& files, int& figures);

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
