// The sections made of what a run keeps beside its results: histories, gallery, cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/png.h"
#include "gamut/report/best_networks.h"
#include "gamut/report/sections.h"
#include "tests/report/synthetic_run.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using testing::HasSubstr;
using testing::Not;

class RunSections : public testing::Test {
 protected:
  void SetUp() override { test::write_synthetic_run(run_, {}); }

  std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  }

  test::TemporaryDirectory directory_;
  std::filesystem::path run_ = directory_ / "run";
};

TEST_F(RunSections, BestNetworksHaveTheHighestMacroF1OfTheTestSongs) {
  using evaluation::ResultRow;
  const auto row = [](const char* scale, const char* part, const char* genre, double value, bool undefined) {
    return ResultRow{.scale = scale,
                     .part = part,
                     .decision = "0.5",
                     .genre = genre,
                     .metric = "f1",
                     .value = value,
                     .undefined = undefined};
  };
  const std::vector<ResultRow> rows = {
      row("linear", "test", "(macro)", 0.5, false), row("mel", "test", "(macro)", 0.6, false),
      row("bark", "validation", "(macro)", 0.9, false), row("erb", "test", "Rock", 0.9, false),
      row("cqt", "test", "(macro)", 0.9, true)};
  EXPECT_EQ(best_networks(rows)->scale, "mel");
  EXPECT_EQ(best_networks(std::vector<ResultRow>{}), std::nullopt);
}

TEST_F(RunSections, LearningCurvesAreThoseOfTheBestNetworks) {
  int figures = 4;
  const RunFiles files = load_run_files(run_);
  const std::string html = make_learning_section(files, figures).str();
  EXPECT_EQ(figures, 5);
  EXPECT_THAT(html, HasSubstr(best_networks(files.results)->architecture + ", "));
  // 5 genres x 2 scales x 12 epochs x 2 losses, and the head.
  EXPECT_EQ(count(html, "<tr>"), 241U);
}

TEST_F(RunSections, LearningCurvesAverageFolds) {
  RunFiles files = load_run_files(run_);
  CellFiles cell = files.cells.front();
  const evaluation::ResultRow best = *best_networks(files.results);
  cell.architecture = best.architecture;
  cell.initialisation = best.initialisation;
  cell.history = {{.number = 1, .train_loss = 0.25, .validation_loss = 0.5, .seconds = 1}};
  CellFiles other = cell;
  other.fold = "1";
  other.history[0].train_loss = 0.75;
  files.cells = {cell, other};
  int figures = 0;
  const std::string html = make_learning_section(files, figures).str();
  EXPECT_THAT(html, HasSubstr("<td>training</td><td class=\"number\">1</td><td class=\"number\">0.500</td>"));
  EXPECT_THAT(html, HasSubstr("Means over folds and repeats."));
}

TEST_F(RunSections, WithoutNetworksThereAreNoLearningCurves) {
  std::filesystem::remove(run_ / "cells.csv");
  int figures = 0;
  EXPECT_TRUE(make_learning_section(load_run_files(run_), figures).empty());
  EXPECT_EQ(figures, 0);
}

TEST_F(RunSections, CostAddsUpTheNetworksOfACombination) {
  const std::string html = make_cost_section(load_run_files(run_)).str();
  // 5 networks of 151.5 s, 12 epochs and 2500 bytes each.
  EXPECT_THAT(html,
              HasSubstr("<td class=\"number\">5</td><td class=\"number\">60</td><td class=\"number\">12 min "
                        "38 s</td><td class=\"number\">60</td><td class=\"number\">12.5 kB</td>"));
  EXPECT_THAT(html, HasSubstr("1.2 GB"));
  EXPECT_THAT(html, HasSubstr("940 pictures in the set mel-nearest-0123abcd"));
}

TEST_F(RunSections, CostIsAbsentWhereNothingOfItIsKnown) {
  RunFiles files = load_run_files(run_);
  files.cells.clear();
  files.summary.erase("cost");
  EXPECT_TRUE(make_cost_section(files).empty());
}

TEST_F(RunSections, GalleryShowsSixSongsAGenreByTheirNames) {
  const std::string html = make_gallery_section(load_run_files(run_), run_).str();
  EXPECT_EQ(count(html, "<li>"), 30U);
  EXPECT_EQ(count(html, "data:image/png;base64,"), 30U);
  EXPECT_THAT(
      html, HasSubstr("<b>Hungarian Dance no. 5 0</b><span>Artist 0</span><span>score 0.99, is Rock</span>"));
  EXPECT_THAT(html, HasSubstr("<b>songs/5.flac</b>"));
}

TEST_F(RunSections, GalleryHasPlayersOnlyForSongsThatAreThere) {
  EXPECT_THAT(make_gallery_section(load_run_files(run_), run_).str(), Not(HasSubstr("<audio")));
  save_atomically(directory_ / "song #1.wav", "RIFF");
  const std::string html = make_gallery_section(load_run_files(run_), run_ / "elsewhere").str();
  EXPECT_EQ(count(html, "<audio"), 10U);
  EXPECT_THAT(html, HasSubstr("data-src=\"../../song%20%231.wav\""));
}

TEST_F(RunSections, GalleryLeavesOutPicturesThatAreLostOrTooLarge) {
  std::filesystem::remove(gallery_directory(run_) / "0.png");
  save_atomically(gallery_directory(run_) / "1.png", "\x89PNG" + std::string(kGalleryPictureBytes, 'x'));
  save_atomically(gallery_directory(run_) / "2.png", "<svg onload=alert(1)>");
  EXPECT_EQ(count(make_gallery_section(load_run_files(run_), run_).str(), "<img"), 15U);
}

}  // namespace
}  // namespace gamut::report
