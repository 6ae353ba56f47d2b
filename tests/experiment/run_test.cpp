#include "gamut/experiment/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/random.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/results.h"
#include "gamut/experiment/cell.h"
#include "gamut/experiment/plan.h"
#include "gamut/features/picture_store.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/network.h"
#include "gamut/models/picture_input.h"
#include "gamut/models/scores.h"
#include "gamut/report/gallery.h"
#include "gamut/spectra/colour_map.h"
#include "tests/experiment/clip_library.h"

namespace gamut::experiment {
namespace {

using testing::HasSubstr;

TEST_F(RunTest, LeavesEveryFileOfTheDesign) {
  const RunReport report = run(config());
  EXPECT_EQ(report.cells, 4);
  EXPECT_EQ(report.trained, 4);
  EXPECT_THAT(report.failed_cells, testing::IsEmpty());
  for (const char* name : {"experiment.toml", "split.csv", "results.csv", "summary.json", "report.html"}) {
    EXPECT_TRUE(std::filesystem::exists(report.directory / name)) << name;
  }
  for (const Cell& cell : plan_cells(plan_combinations(config()), {"Tones", "Noise & Hiss"})) {
    for (const char* name : {"model.safetensors", "history.csv", "scores.csv", "cell.json"}) {
      EXPECT_TRUE(std::filesystem::exists(report.directory / "cells" / cell.folder() / name))
          << cell.folder() << name;
    }
    const std::filesystem::path predictions =
        report.directory / "predictions" / (cell.combination.name() + ".csv");
    EXPECT_EQ(evaluation::load_predictions(predictions).genres.size(), 2u);
  }
  EXPECT_THAT(load_text(report.report), testing::StartsWith("<!DOCTYPE html>"));
}

TEST_F(RunTest, LeavesAGalleryAndWhatItCost) {
  const RunReport report = run(config());
  const std::vector<report::Showpiece> showpieces = report::load_gallery(report.directory);
  EXPECT_FALSE(showpieces.empty());
  for (const report::Showpiece& showpiece : showpieces) {
    const std::string png = load_text(report::gallery_directory(report.directory) / showpiece.picture);
    EXPECT_THAT(png, testing::StartsWith("\x89PNG"));
    EXPECT_LE(png.size(), report::kGalleryPictureBytes);
    EXPECT_TRUE(std::filesystem::is_regular_file(report.directory / showpiece.audio)) << showpiece.audio;
  }
  const Json cost = load_json(report.directory / "summary.json").at("cost");
  EXPECT_EQ(cost.at("stages").size(), 3U);
  EXPECT_GT(cost.at("peak_memory_bytes").get<std::int64_t>(), 1'000'000);
  EXPECT_EQ(cost.at("picture_sets").at(0).at("pictures"), 36);
  EXPECT_EQ(cost.at("picture_sets").at(0).at("bytes"), 36 * 32 * 32);
  EXPECT_THAT(load_text(report.report), HasSubstr("id=\"gallery\""));
}

TEST_F(RunTest, SegmentsAndStereoTrainAndASongIsScoredByTheMeanOfItsOwn) {
  save_atomically(workspace_ / "segments.toml",
                  "name = \"segments\"\n[data]\ntest = 0.3\nvalidation = 0.3\n"
                  "[spectrogram]\nscales = [\"mel\"]\npicture_size = 32\nchannels = \"stereo\"\n"
                  "segment_s = 0.25\nsegment_hop_s = 0.5\n"
                  "[training]\nepochs = 1\nbatch = 8\ninput_size = 0\n");
  const ExperimentConfig loaded = load_experiment(workspace_ / "segments.toml");
  const RunReport report = run(loaded);
  EXPECT_THAT(report.failed_cells, testing::IsEmpty());
  const Cell cell = plan_cells(plan_combinations(loaded), {"Tones"}).front();
  const std::filesystem::path folder = report.directory / "cells" / cell.folder();

  // Scores as the checkpoint gives them, picture by picture.
  const features::PictureStore store(
      features::picture_directory(workspace_.path(), spectra::picture_set_name(loaded.front_ends().front())));
  EXPECT_EQ(store.rows(), 2u * 36);
  EXPECT_EQ(store.planes(), 2);
  models::Checkpoint checkpoint = models::load_checkpoint(folder / "model.safetensors");
  const models::PictureView view{.pixels = store.pixels(),
                                 .planes = 2,
                                 .height = 32,
                                 .width = 32,
                                 .colours = spectra::colours(spectra::ColourMap::magma)};
  const models::PictureInput input(view, {.input_size = 0});
  Catalogue library(workspace_.path());
  const spectra::FrontEndOptions front_end = loaded.front_ends().front();
  const std::int64_t set =
      library.picture_set(spectra::picture_set_name(front_end), features::set_specification(front_end));
  std::map<std::int64_t, std::vector<std::size_t>> rows;
  for (const catalogue::PictureRecord& record : library.picture_records(set)) {
    rows[record.song_id].push_back(static_cast<std::size_t>(record.row.value()));
  }
  const std::map<std::string, std::vector<double>> scores =
      load_scores(report.directory / "cells", cell, {"Tones"});
  std::size_t n_checked = 0;
  for (const Song& song : library.songs()) {
    const auto score = scores.find(song.name);
    if (score == scores.end()) continue;
    const std::vector<double> logits = models::compute_logits(checkpoint.network, input, rows.at(song.id), 8);
    ASSERT_EQ(logits.size(), 2u);
    EXPECT_NEAR(score->second.at(0), (models::sigmoid(logits[0]) + models::sigmoid(logits[1])) / 2, 1e-5)
        << song.name;
    ++n_checked;
  }
  EXPECT_EQ(n_checked, scores.size());
  EXPECT_GT(n_checked, 10u);
  const Json description = load_json(folder / "cell.json");
  EXPECT_EQ(description.at("positive_pictures").at("Tones"), 2 * description.at("positives").get<int>());
  EXPECT_EQ(description.at("training_pictures"),
            2 * (description.at("positives").get<int>() + description.at("negatives").get<int>()));
}

TEST_F(RunTest, ANetworksPriorIsThatOfThePicturesItSaw) {
  const Combination combination = plan_combinations(config()).front();
  const auto share = [&](const std::string& genre, const Json& description) {
    const Cell cell{combination, genre};
    save_json(workspace_ / "cells" / cell.folder() / "cell.json", description);
    return trained_share(workspace_ / "cells", cell, "Tones", config(), 0.25);
  };
  const Json pictures{{"training_pictures", 2800}, {"positive_pictures", {{"Tones", 2000}}}};
  Json songs{{"positives", 100}, {"negatives", 300}};
  EXPECT_NEAR(share("Tones", songs), 0.25, 0.002) << "of a gamut that counted songs";
  songs.update(pictures);
  EXPECT_NEAR(share("Tones", songs), 2000.0 / 2800, 0.001);
  EXPECT_EQ(share("", {{"training_songs", 400}}), 0.25);
  EXPECT_NEAR(share("", pictures), 2000.0 / 2800, 0.001);
}

TEST_F(RunTest, ScoresOfAnotherGenreAreRefused) {
  const Cell cell{plan_combinations(config()).front(), "Tones"};
  save_atomically(workspace_ / "cells" / cell.folder() / "scores.csv", "song,part,score:Noise\na,test,0.5\n");
  try {
    load_scores(workspace_ / "cells", cell, {"Noise", "Tones"});
    FAIL();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("scores.csv has no scores of Tones"));
  }
}

TEST_F(RunTest, EveryStrategyLeavesTheSameFiles) {
  for (const char* strategy : {"one-vs-all-frozen", "multi-label"}) {
    const std::string name(strategy);
    save_atomically(workspace_ / (name + ".toml"),
                    "name = \"" + name +
                        "\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\n"
                        "picture_size = 32\n[training]\nstrategy = \"" +
                        name + "\"\nepochs = 1\nbatch = 8\ninput_size = 0\n");
    const ExperimentConfig config = load_experiment(workspace_ / (name + ".toml"));
    const RunReport report = run(config);
    EXPECT_THAT(report.failed_cells, testing::IsEmpty());
    const std::vector<Cell> cells = plan_cells(plan_combinations(config), {"Noise & Hiss", "Tones"});
    EXPECT_EQ(cells.size(), name == "multi-label" ? 2u : 4u);
    for (const Cell& cell : cells) {
      for (const char* file : {"model.safetensors", "history.csv", "scores.csv", "cell.json"}) {
        EXPECT_TRUE(std::filesystem::exists(report.directory / "cells" / cell.folder() / file))
            << cell.folder();
      }
      const evaluation::Predictions predictions =
          evaluation::load_predictions(report.directory / "predictions" / (cell.combination.name() + ".csv"));
      EXPECT_EQ(predictions.genres.size(), 2u);
    }
    const std::string results = load_text(report.directory / "results.csv");
    EXPECT_THAT(results, HasSubstr("," + name + ","));
    EXPECT_EQ(run(config).trained, 0);
    EXPECT_EQ(load_text(report.directory / "results.csv"), results);
  }
  // Embeddings are computed once: one file a picture set.
  std::size_t n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace_ / "activations")) {
    n_files += entry.path().extension() == ".npy" ? 1U : 0U;
  }
  EXPECT_EQ(n_files, 2u);
}

TEST_F(RunTest, SeveralStrategiesAreScoredSideBySideAndFrozenStagesAreComputedOnce) {
  std::filesystem::create_directories(workspace_ / "weights");
  models::save_checkpoint(*models::make_network("resnet18", 1000, 1),
                          workspace_ / "weights/resnet18.safetensors", {});
  save_atomically(workspace_ / "both.toml",
                  "name = \"both\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\n"
                  "picture_size = 32\n[model]\ninitialisation = [\"imagenet\"]\n[training]\n"
                  "strategy = [\"one-vs-all\", \"one-vs-all-frozen\"]\nfrozen_stages = 4\nepochs = 1\n"
                  "batch = 8\ninput_size = 0\n");
  const ExperimentConfig config = load_experiment(workspace_ / "both.toml");
  const RunReport report = run(config);
  EXPECT_EQ(report.trained, 2 * 2 * 2);
  EXPECT_THAT(report.verdicts,
              testing::Contains(testing::AllOf(HasSubstr("one-vs-all: "), HasSubstr("one-vs-all-frozen: "))));
  std::set<std::string> strategies;
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv"))
    strategies.insert(row.strategy);
  EXPECT_THAT(strategies, testing::ElementsAre("one-vs-all", "one-vs-all-frozen"));
  // Activations after layer 3 and embeddings, for each of two picture sets.
  std::size_t n_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace_ / "activations")) {
    n_files += entry.path().extension() == ".npy" ? 1U : 0U;
  }
  EXPECT_EQ(n_files, 4u);
}

TEST_F(RunTest, ADamagedCellIsNamedAndTrainedAgainToTheSameBytes) {
  const RunReport report = run(config());
  const Cell cell = plan_cells(plan_combinations(config()), {"Tones"}).front();
  const std::filesystem::path folder = report.directory / "cells" / cell.folder();
  for (const char* name : {"model.safetensors", "scores.csv"}) {
    const std::string whole = load_text(folder / name);
    std::string damaged = whole;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    save_atomically(folder / name, damaged);
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(config()).trained, 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                HasSubstr(cell.combination.name() + ", Tones: " + name +
                          " is not what was written; it is to be trained again"));
    EXPECT_TRUE(load_text(folder / name) == whole);
  }
  std::filesystem::remove(folder / "scores.csv");
  EXPECT_EQ(run(config()).trained, 1);
  std::filesystem::resize_file(folder / "cell.json", 100);
  testing::internal::CaptureStderr();
  EXPECT_EQ(run(config()).trained, 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("cell.json cannot be read"));
  EXPECT_EQ(run(config()).trained, 0);
}

TEST_F(RunTest, FoldsArePooledAndEverySongIsTestedOnce) {
  save_atomically(workspace_ / "folds.toml",
                  "name = \"folds\"\n[data]\nfolds = 3\nrepeats = 2\nvalidation = 0.2\n[spectrogram]\n"
                  "scales = [\"linear\", \"mel\"]\npicture_size = 32\n[training]\n"
                  "strategy = \"one-vs-all-frozen\"\nbatch = 8\ninput_size = 0\n");
  const ExperimentConfig config = load_experiment(workspace_ / "folds.toml");
  const RunReport report = run(config);
  EXPECT_EQ(report.cells, 2 * 3 * 2 * 2);
  EXPECT_THAT(report.failed_cells, testing::IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(report.directory / "splits" / "2.1.csv"));
  std::size_t n_files = 0;
  for (const auto& file : std::filesystem::directory_iterator(report.directory / "predictions")) {
    ++n_files;
    const evaluation::Predictions test =
        evaluation::select_part(evaluation::load_predictions(file.path()), "test");
    EXPECT_EQ(test.size(), 36u);
    EXPECT_EQ(std::set<std::string>(test.songs.begin(), test.songs.end()).size(), 36u);
    EXPECT_EQ(std::set<std::string>(test.fold.begin(), test.fold.end()).size(), 3u);
  }
  EXPECT_EQ(n_files, 4u);
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
    EXPECT_EQ(row.fold, "pooled");
  }
  EXPECT_THAT(report.verdicts.at(1), HasSubstr("The mean F1 of the genres is "));
  EXPECT_EQ(run(config).trained, 0);
}

TEST_F(RunTest, FrozenNetworksTellTonesFromNoise) {
  save_atomically(
      workspace_ / "frozen.toml",
      "name = \"frozen\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\nscales = [\"mel\"]\n"
      "picture_size = 64\n[training]\nstrategy = \"one-vs-all-frozen\"\nbatch = 8\ninput_size = 0\n");
  const RunReport report = run(load_experiment(workspace_ / "frozen.toml"));
  double accuracy = 0;
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
    if (row.part == "test" && row.genre == "(macro)" && row.metric == "balanced_accuracy" &&
        row.decision == "0.5")
      accuracy = row.value;
  }
  EXPECT_GT(accuracy, 0.8);  // even a random network's embeddings hold this much
}

TEST_F(RunTest, ResultsHoldEveryDecisionAndBaselineWithIntervals) {
  std::vector<Song> songs;  // of albums enough for intervals
  for (int album = 0; album < 36; ++album) songs.push_back(make_song(album, 0));
  put(songs);
  const RunReport report = run(config());
  std::set<std::string> on_test, on_validation;
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
    (row.part == "test" ? on_test : on_validation).insert(row.decision);
    if (row.genre != evaluation::kAllCells || row.decision != "0.5" || row.metric != "accuracy") continue;
    ASSERT_TRUE(row.low && row.high);
    EXPECT_LE(*row.low, row.value);
    EXPECT_GE(*row.high, row.value);
  }
  EXPECT_THAT(on_validation, testing::ElementsAre("0.5"));
  EXPECT_THAT(on_test,
              testing::IsSupersetOf({"0.5", "tuned", "corrected", "majority", "prevalence", "popularity"}));
}

TEST_F(RunTest, SecondRunTrainsNothingAndGivesTheSameResults) {
  const RunReport first = run(config());
  const std::string results = load_text(first.directory / "results.csv");
  const RunReport second = run(config());
  EXPECT_EQ(second.trained, 0);
  EXPECT_EQ(load_text(second.directory / "results.csv"), results);
}

TEST_F(RunTest, ALostCellIsTrainedAgainToTheSameBytesForAnyNumberOfJobs) {
  const RunReport first = run(config(), 1);
  const Cell cell = plan_cells(plan_combinations(config()), {"Tones"}).front();
  const std::filesystem::path folder = first.directory / "cells" / cell.folder();
  const std::string network = load_text(folder / "model.safetensors");
  const std::string scores = load_text(folder / "scores.csv");
  std::filesystem::remove_all(first.directory / "cells");
  EXPECT_EQ(run(config(), 2).trained, 4);
  EXPECT_EQ(load_text(folder / "scores.csv"), scores);
  EXPECT_TRUE(load_text(folder / "model.safetensors") == network);
}

TEST_F(RunTest, AnotherConfigurationUnderTheSameNameIsRefusedWithTheDifference) {
  run(config());
  ExperimentConfig changed = config();
  changed.training.epochs = 2;
  try {
    run(changed);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(), HasSubstr("training.epochs: 1 before, 2 now"));
  }
}

TEST_F(RunTest, BrokenAndCutSongsStayOut) {
  std::filesystem::resize_file(workspace_ / "album 0/0.flac", 20000);
  save_atomically(workspace_ / "album 1/0.flac", "no music");
  const RunReport report = run(config());
  EXPECT_EQ(report.failed_songs, 1);
  const Json songs = load_json(report.directory / "summary.json").at("songs");
  EXPECT_EQ(songs.at("partial_left_out"), 1);
  EXPECT_EQ(songs.at("failed"), 1);
  EXPECT_EQ(songs.at("used"), 34);
}

TEST_F(RunTest, CutSongsTakePartWhenAsked) {
  std::filesystem::resize_file(workspace_ / "album 0/0.flac", 20000);
  ExperimentConfig with_partial = config();
  with_partial.include_partial = true;
  const Json songs = load_json(run(with_partial).directory / "summary.json").at("songs");
  EXPECT_EQ(songs.at("used"), 36);
}

TEST_F(RunTest, MissingWeightsAreNamedBeforeAnythingIsDone) {
  ExperimentConfig pretrained = config();
  pretrained.initialisation = {"imagenet"};
  try {
    run(pretrained);
    FAIL();
  } catch (const ModelError& error) {
    EXPECT_THAT(error.what(), HasSubstr("resnet18-f37072fd.pth"));
  }
  EXPECT_FALSE(std::filesystem::exists(workspace_ / "pictures"));
}

TEST_F(RunTest, AGenreWithoutNegativesIsRefusedBeforeAnythingIsTrained) {
  Catalogue library(workspace_.path());
  std::vector<Song> songs = library.songs();
  for (Song& song : songs) song.genres.push_back("Everything");
  put(songs);
  try {
    run(config());
    FAIL();
  } catch (const CatalogueError& error) {
    EXPECT_THAT(error.what(),
                testing::ContainsRegex("Everything: ([0-9]+) of [0-9]+ training songs have it"));
  }
  EXPECT_FALSE(std::filesystem::exists(workspace_ / "runs/trial/cells"));
  // The cure that the message names is no other configuration of a run that has begun.
  ExperimentConfig without = config();
  without.genres.exclude = {"Everything"};
  EXPECT_EQ(run(without).trained, 4);
}

TEST_F(RunTest, ANetworkThatCannotBeTrainedFailsAloneAndSaysWhy) {
  save_weights(std::nan(""));
  ExperimentConfig both = config();
  both.scales = {"mel"};
  both.initialisation = {"random", "imagenet"};
  const RunReport report = run(both);
  ASSERT_EQ(report.failed_cells.size(), 2u);
  for (const std::string& line : report.failed_cells) {
    EXPECT_THAT(line, testing::ContainsRegex("imagenet.*the training loss is no longer a number"));
  }
  EXPECT_EQ(report.trained, 2);
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
    EXPECT_EQ(row.initialisation, "random");
  }
}

TEST_F(RunTest, PicturesTooSmallForANetworkFailItAlone) {
  ExperimentConfig both = config();
  both.scales = {"mel"};
  both.architectures = {"resnet18", "vgg16"};
  both.front_end.picture_width = both.front_end.picture_height = 16;
  const RunReport report = run(both, 1);
  ASSERT_EQ(report.failed_cells.size(), 2u);
  for (const std::string& line : report.failed_cells) {
    EXPECT_THAT(line, testing::AllOf(HasSubstr("vgg16"), HasSubstr("too small")));
  }
  EXPECT_EQ(report.trained, 2);
}

TEST_F(RunTest, OtherInitialWeightsAreRefused) {
  ExperimentConfig pretrained = config();
  pretrained.scales = {"mel"};
  pretrained.initialisation = {"imagenet"};
  pretrained.strategies = {kFrozen};
  save_weights(1);
  const RunReport report = run(pretrained);
  EXPECT_EQ(report.trained, 2);
  save_weights(2);
  for (int i = 0; i < 2; ++i) {
    try {
      run(pretrained);
      FAIL();
    } catch (const ModelError& error) {
      EXPECT_THAT(error.what(),
                  HasSubstr("resnet18.safetensors is not the file that the run's networks started "
                            "from (resnet18.safetensors, SHA-256 "));
    }
    std::filesystem::remove(report.directory / "weights.json");  // of a gamut that did not write it
  }
  std::filesystem::remove_all(report.directory / "cells");
  EXPECT_EQ(run(pretrained).trained, 2);
}

TEST_F(RunTest, AConfigurationOfWhichNothingCameMayBeCorrected) {
  ExperimentConfig misspelt = config();
  misspelt.genres.list = {"Tons"};
  EXPECT_THROW(run(misspelt), CatalogueError);
  EXPECT_TRUE(std::filesystem::exists(workspace_ / "runs/trial/experiment.toml"));
  EXPECT_EQ(run(config()).trained, 4);
}

TEST_F(RunTest, AnUnfinishedFileOfActivationsIsNotLeftBehind) {
  ExperimentConfig frozen = config();
  frozen.scales = {"mel"};
  frozen.strategies = {kFrozen};
  const RunReport report = run(frozen);
  std::filesystem::path file;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace_ / "activations")) {
    if (entry.path().extension() == ".npy") file = entry.path();
  }
  const std::filesystem::path leftover = file.string() + ".tmp-1-2";
  const std::filesystem::path anothers = file.parent_path() / "resnet34-0123456789abcdef.npy.tmp-1-2";
  save_atomically(leftover, "half");
  save_atomically(anothers, "half");
  run(frozen);
  EXPECT_FALSE(std::filesystem::exists(leftover));
  EXPECT_TRUE(std::filesystem::exists(anothers)) << "another process may be writing it";
}

TEST_F(RunTest, EpochsStayUntilTheCellIsDone) {
  ExperimentConfig trial = config();
  trial.scales = {"mel"};
  trial.training.epochs = 2;
  const std::filesystem::path folder =
      workspace_ / "runs/trial/cells" / plan_cells(plan_combinations(trial), {"Tones"}).front().folder();
  std::filesystem::create_directories(folder / "scores.csv/in the way");
  EXPECT_THROW(run(trial, 1), FileError);
  EXPECT_TRUE(std::filesystem::exists(folder / "model.safetensors"));
  EXPECT_TRUE(std::filesystem::exists(folder / "epochs.pt"));
  std::filesystem::remove_all(folder / "scores.csv");
  EXPECT_THAT(run(trial, 1).failed_cells, testing::IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(folder / "epochs.pt"));
}

/// paper.toml as it ships, but for the budget: every depth, initialisation and scale, on a tiny library.
class SlowRunTest : public RunTest {};

TEST_F(SlowRunTest, TakesThePapersExperimentThroughItsWholeGrid) {
  std::filesystem::create_directories(workspace_ / "weights");
  for (const char* architecture : {"resnet34", "resnet50", "resnet101", "resnet152"}) {
    models::Network network = models::make_network(architecture, 1000, 1);
    models::save_checkpoint(*network, workspace_ / ("weights/" + std::string(architecture) + ".safetensors"),
                            {});
  }
  const ExperimentConfig paper =
      load_experiment(GAMUT_SOURCE_DIR "/experiments/paper.toml",
                      {"spectrogram.picture_size=32", "training.input_size=0", "training.epochs=1",
                       "training.batch=8", "data.test=0.3", "data.validation=0.3"});
  const RunReport report = run(paper);
  EXPECT_EQ(report.cells, 2 * 4 * 2 * 2);
  EXPECT_THAT(report.failed_cells, testing::IsEmpty());
  EXPECT_THAT(report.verdicts.back(), HasSubstr("ImageNet weights: "));
  std::set<std::string> seen;
  for (const evaluation::ResultRow& row : evaluation::load_results(report.directory / "results.csv")) {
    seen.insert(row.scale + "/" + row.architecture + "/" + row.initialisation);
  }
  EXPECT_EQ(seen.size(), 16u);
}

}  // namespace
}  // namespace gamut::experiment
