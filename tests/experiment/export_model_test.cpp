#include "gamut/experiment/export_model.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gamut/core/csv.h"
#include "gamut/core/error.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/experiment/plan.h"
#include "gamut/tagging/neighbours.h"
#include "gamut/tagging/predict_files.h"
#include "gamut/tagging/prediction_json.h"
#include "tests/experiment/clip_library.h"

namespace gamut::experiment {
namespace {

using tagging::Decision;
using tagging::Model;
using tagging::Prediction;
using tagging::Source;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ExportModelTest : public RunTest {
 protected:
  /// A finished run of one combination with this strategy.
  std::filesystem::path run_with(const std::string& strategy, const std::string& spectrogram = "") {
    save_atomically(workspace_ / "trial.toml",
                    "name = \"" + strategy +
                        "\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\nscales = [\"mel\"]\n"
                        "picture_size = 32\n" +
                        spectrogram + "[training]\nstrategy = \"" + strategy +
                        "\"\nepochs = 1\nbatch = 8\ninput_size = 0\n");
    const RunReport report = run(load_experiment(workspace_ / "trial.toml"));
    EXPECT_THAT(report.failed_cells, testing::IsEmpty());
    return report.directory;
  }

  std::vector<Prediction> predict(const Model& model, const std::vector<Source>& sources, int jobs = 2) {
    std::vector<Prediction> predictions;
    predict_files(model, sources, {.jobs = jobs}, [&](const Source& source, const Prediction& prediction) {
      EXPECT_EQ(source.name, sources[predictions.size()].name);
      predictions.push_back(prediction);
    });
    return predictions;
  }

  /// The run's scores, and those of its model for the same songs.
  void expect_the_same_scores(const std::filesystem::path& run, const Model& model, double tolerance) {
    std::filesystem::path file;
    for (const auto& entry : std::filesystem::directory_iterator(run / "predictions")) file = entry.path();
    const evaluation::Predictions expected = evaluation::load_predictions(file);
    std::vector<Source> sources;
    for (const std::string& song : expected.songs) sources.push_back({song, workspace_ / song});
    const std::vector<Prediction> predictions = predict(model, sources);
    ASSERT_EQ(predictions.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(predictions[i].genres.size(), expected.genres.size());
      for (std::size_t g = 0; g < expected.genres.size(); ++g) {
        EXPECT_EQ(predictions[i].genres[g].genre, expected.genres[g]);
        EXPECT_NEAR(predictions[i].genres[g].score, expected.scores[i * expected.genres.size() + g],
                    tolerance)
            << expected.songs[i];
      }
    }
  }
};

TEST_F(ExportModelTest, AModelOfAnyStrategyScoresAsItsRunDid) {
  for (const char* strategy : {"one-vs-all", "one-vs-all-frozen", "multi-label"}) {
    const std::filesystem::path run = run_with(strategy);
    const std::filesystem::path directory = workspace_ / ("model " + std::string(strategy));
    export_model(run, {}, directory);
    EXPECT_THAT(tagging::find_damage(directory, tagging::load_model_card(directory)), testing::IsEmpty());
    const Model model(directory);
    EXPECT_EQ(model.card().strategy, strategy);
    EXPECT_EQ(model.card().network_files().size(), std::string(strategy) == "one-vs-all" ? 2u : 1u);
    EXPECT_TRUE(model.card().evaluation.at("0.5").at("(macro)").contains("f1"));
    for (const tagging::GenreCard& genre : model.card().genres) {
      EXPECT_THAT(genre.threshold.note, testing::IsEmpty());
      EXPECT_NEAR(genre.prior.real, 0.67, 0.15);  // two of three albums have each genre
    }
    expect_the_same_scores(run, model, 1e-5);
  }
}

TEST_F(ExportModelTest, AFrozenModelTakesTheWeightsOfItsRun) {
  save_weights(1);
  save_atomically(
      workspace_ / "trial.toml",
      "name = \"trial\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\nscales = [\"mel\"]\n"
      "picture_size = 32\n[model]\ninitialisation = [\"imagenet\"]\nweights = \"weights\"\n"
      "[training]\nstrategy = \"one-vs-all-frozen\"\nbatch = 8\ninput_size = 0\n");
  const ExperimentConfig config = load_experiment(workspace_ / "trial.toml");
  const std::filesystem::path run = this->run(config).directory;
  export_model(run, {}, workspace_ / "model");
  expect_the_same_scores(run, Model(workspace_ / "model"), 1e-5);

  // One network of the run that started from other weights than the rest.
  const Cell last = plan_cells(plan_combinations(config), {"Noise & Hiss", "Tones"}).back();
  const std::filesystem::path file = run / "cells" / last.folder() / "cell.json";
  Json cell = load_json(file);
  cell["weights"]["sha256"] = "0000";
  save_json(file, cell);
  EXPECT_THAT([&] { export_model(run, {}, workspace_ / "mixed"); },
              ThrowsMessage<ModelError>(HasSubstr("is not the file that the run's networks started from")));
}

TEST_F(ExportModelTest, SegmentsAndStereoGoThroughTheModelToo) {
  const std::filesystem::path run =
      run_with("one-vs-all", "channels = \"stereo\"\nsegment_s = 0.25\nsegment_hop_s = 0.5\n");
  export_model(run, {}, workspace_ / "model");
  expect_the_same_scores(run, Model(workspace_ / "model"), 1e-5);
}

TEST_F(ExportModelTest, HalfPrecisionHalvesTheModelAndMovesScoresLittle) {
  const std::filesystem::path run = run_with("multi-label");
  export_model(run, {}, workspace_ / "whole");
  export_model(run, {.half = true}, workspace_ / "half");
  const auto size = [&](const char* model) {
    return std::filesystem::file_size(workspace_ / model / "networks/all.safetensors");
  };
  EXPECT_LT(size("half"), size("whole") * 51 / 100);
  expect_the_same_scores(run, Model(workspace_ / "half"), 0.02);
}

TEST_F(ExportModelTest, PredictionsComeInOrderForAnyNumberOfJobsAndFaultsStayWhereTheyAre) {
  export_model(run_with("multi-label"), {}, workspace_ / "model");
  save_atomically(workspace_ / "text.mp3", "this is no music");
  std::vector<Source> sources;
  for (int track = 0; track < 4; ++track) {
    sources.push_back({"", workspace_ / ("album 0/" + std::to_string(track) + ".flac")});
    sources.back().name = std::to_string(track);
  }
  sources.insert(sources.begin() + 1, {"text", workspace_ / "text.mp3"});
  sources.push_back({"gone", {}, "no such file"});
  sources.push_back({"-", workspace_ / "text.mp3"});
  const Model model(workspace_ / "model");
  const std::vector<Prediction> one = predict(model, sources, 1);
  const std::vector<Prediction> many = predict(model, sources, 5);
  ASSERT_EQ(one.size(), 7u);
  EXPECT_EQ(one[1].outcome, Outcome::failed);
  EXPECT_THAT(one[1].reason, HasSubstr("text.mp3"));
  EXPECT_EQ(one[5].reason, "no such file");
  EXPECT_THAT(one[6].reason,
              testing::AllOf(HasSubstr("standard input"), testing::Not(HasSubstr("text.mp3"))));
  for (std::size_t i = 0; i < one.size(); ++i) {
    ASSERT_EQ(one[i].genres.size(), many[i].genres.size());
    for (std::size_t g = 0; g < one[i].genres.size(); ++g) {
      EXPECT_NEAR(one[i].genres[g].score, many[i].genres[g].score, 1e-6);
    }
  }
}

TEST_F(ExportModelTest, ATimelineScoresWindowsThroughTheSong) {
  export_model(run_with("multi-label"), {}, workspace_ / "model");
  const Model model(workspace_ / "model");
  const features::SongFeatureMaker maker(model.card().front_end,
                                         features::TimelineOptions{.window_s = 0.5, .hop_s = 0.2});
  const std::vector<features::SongFeatures> songs{maker.compute(workspace_ / "album 0/0.flac")};
  const Prediction prediction = model.predict(songs).front();
  ASSERT_EQ(prediction.timeline.size(), 3u);
  EXPECT_NEAR(prediction.timeline[2].start_s, 0.4, 1e-9);
  EXPECT_EQ(prediction.timeline[2].length_s, 0.5);
  EXPECT_EQ(prediction.timeline[2].scores.size(), 2u);
  const Json json = to_json(prediction, 1);
  EXPECT_EQ(json.at("timeline").size(), 3u);
  EXPECT_EQ(json.at("scores").size(), 1u);
  // The song's own score is that of its whole picture, whatever the windows say.
  EXPECT_NEAR(prediction.genres[0].score, model.predict(workspace_ / "album 0/0.flac").genres[0].score, 1e-6);
}

TEST_F(ExportModelTest, DecisionsFollowThresholdsAndPriors) {
  export_model(run_with("one-vs-all"), {}, workspace_ / "model");
  const Model model(workspace_ / "model");
  for (const Decision decision : {Decision::tuned, Decision::half, Decision::corrected}) {
    const Prediction prediction = model.predict(workspace_ / "album 2/1.flac", decision);
    for (std::size_t g = 0; g < prediction.genres.size(); ++g) {
      const tagging::GenreScore& genre = prediction.genres[g];
      const tagging::GenreCard& card = model.card().genres[g];
      EXPECT_EQ(genre.threshold, decision == Decision::tuned ? card.threshold.value : 0.5);
      EXPECT_NEAR(genre.probability, evaluation::correct_prior(genre.score, card.prior), 1e-12);
      EXPECT_EQ(genre.given,
                (decision == Decision::corrected ? genre.probability : genre.score) > genre.threshold);
    }
  }
}

TEST_F(ExportModelTest, FeaturesOfAnotherFrontEndAreRefusedWithTheDifference) {
  export_model(run_with("multi-label"), {}, workspace_ / "model");
  const Model model(workspace_ / "model");
  spectra::FrontEndOptions other = model.card().front_end;
  other.hop_length = 256;
  const std::vector<features::SongFeatures> songs{
      features::SongFeatureMaker(other).compute(workspace_ / "album 0/0.flac")};
  EXPECT_THAT([&] { model.predict(songs); },
              ThrowsMessage<ParameterError>(HasSubstr("hop_length 256, not 512")));
}

TEST_F(ExportModelTest, ADamagedModelIsRefusedByName) {
  export_model(run_with("multi-label"), {}, workspace_ / "model");
  const std::filesystem::path network = workspace_ / "model/networks/all.safetensors";
  std::string bytes = load_text(network);
  bytes.back() ^= 1;
  save_atomically(network, bytes);
  EXPECT_THAT([&] { Model(workspace_ / "model"); },
              ThrowsMessage<ModelError>(HasSubstr("networks/all.safetensors is not what was written")));
  EXPECT_NO_THROW(Model(workspace_ / "model", {.verify = false}));
  std::filesystem::remove(network);
  EXPECT_THAT([&] { Model(workspace_ / "model"); },
              ThrowsMessage<FileError>(HasSubstr("lacks its file networks/all.safetensors")));
}

TEST_F(ExportModelTest, SaysWhichNetworksThereAreWhereSeveralFit) {
  const RunReport report = run(config());
  EXPECT_THAT(
      [&] { export_model(report.directory, {}, workspace_ / "model"); },
      ThrowsMessage<ParameterError>(testing::AllOf(HasSubstr("has several such networks"),
                                                   HasSubstr("--scale linear"), HasSubstr("--scale mel"))));
  EXPECT_THAT([&] { export_model(report.directory, {.scale = "bark"}, workspace_ / "model"); },
              ThrowsMessage<ParameterError>(HasSubstr("has no such networks")));
  EXPECT_FALSE(std::filesystem::exists(workspace_ / "model"));
  export_model(report.directory, {.scale = "mel"}, workspace_ / "model/");
  EXPECT_EQ(Model(workspace_ / "model").card().scale, "mel");
  EXPECT_THAT([&] { export_model(report.directory, {.scale = "mel"}, workspace_ / "model"); },
              ThrowsMessage<FileError>(HasSubstr("exists; give a name that is free")));
  EXPECT_THAT([&] { export_model(workspace_.path(), {}, workspace_ / "other"); },
              ThrowsMessage<FileError>(HasSubstr("is no finished run")));
}

TEST_F(ExportModelTest, ASongOfTheTrainingIsItsOwnNearestNeighbour) {
  const std::filesystem::path run = run_with("one-vs-all");
  export_model(run, {.neighbours = true, .jobs = 2}, workspace_ / "model");
  const Model model(workspace_ / "model");
  const features::SongFeatureMaker maker(model.card().front_end);
  std::size_t n_songs = 0;
  for (CsvReader csv(tagging::neighbour_songs_file(workspace_ / "model")); csv.next() && n_songs < 3;
       ++n_songs) {
    const tagging::Explanation explanation =
        model.explain(maker.compute(workspace_ / csv["song"]), "Noise & Hiss");
    EXPECT_EQ(explanation.heat.size(), 32u * 32);
    const auto genre =
        std::find_if(model.card().genres.begin(), model.card().genres.end(),
                     [](const tagging::GenreCard& card) { return card.name == "Noise & Hiss"; });
    const std::vector<tagging::Neighbour> nearest =
        tagging::find_neighbours(workspace_ / "model", *genre, explanation.embedding, 2);
    ASSERT_EQ(nearest.size(), 2u);
    EXPECT_EQ(nearest[0].song, csv["song"]);
    EXPECT_NEAR(nearest[0].similarity, 1, 1e-4);
  }
  EXPECT_EQ(n_songs, 3u);
  EXPECT_THAT([&] { model.explain(maker.compute(workspace_ / "album 0/0.flac"), "Polka"); },
              ThrowsMessage<ParameterError>(HasSubstr("does not know the genre `Polka`")));
}

}  // namespace
}  // namespace gamut::experiment
