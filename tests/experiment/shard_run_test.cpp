#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <thread>

#include "gamut/core/error.h"
#include "tests/experiment/clip_library.h"

namespace gamut::experiment {
namespace {

using testing::HasSubstr;

class ShardRun : public RunTest {};

/// Every file of the cells, with its bytes.
std::map<std::string, std::string> networks_of(const std::filesystem::path& run) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(run / "cells")) {
    if (entry.path().filename() == "model.safetensors" || entry.path().filename() == "scores.csv")
      files[std::filesystem::relative(entry.path(), run).string()] = load_text(entry.path());
  }
  return files;
}

TEST_F(ShardRun, ShardsAtOnceGiveTheBytesOfOneRunAndTheLastOneReports) {
  const std::filesystem::path whole = workspace_ / "runs/whole";
  std::filesystem::rename(run(config()).directory, whole);
  std::filesystem::remove_all(workspace_ / "pictures");
  std::filesystem::remove(workspace_ / "catalogue.db");
  SetUp();  // the same library, with no pictures yet: one shard makes them, the others wait
  const ExperimentConfig trial = config();
  std::vector<RunReport> reports(3);
  {
    std::vector<std::jthread> shards;
    for (int i = 0; i < 3; ++i) {
      shards.emplace_back([&, i] {
        reports[i] = run_experiment(workspace_.path(), trial, {.jobs = 1, .shard = Shard{i + 1, 3}});
      });
    }
  }
  std::int64_t trained = 0;
  bool evaluated = false;
  for (const RunReport& report : reports) {
    EXPECT_EQ(report.cells, 4);
    trained += report.trained;
    evaluated = evaluated || report.evaluated;
  }
  EXPECT_EQ(trained, 4);
  EXPECT_TRUE(evaluated);
  const std::filesystem::path sharded = workspace_ / "runs/trial";
  EXPECT_EQ(load_text(sharded / "results.csv"), load_text(whole / "results.csv"));
  EXPECT_EQ(networks_of(sharded).size(), 8u);
  EXPECT_TRUE(networks_of(sharded) == networks_of(whole));
  EXPECT_TRUE(std::filesystem::exists(sharded / "report.html"));
}

TEST_F(ShardRun, TwoProcessesWithTheSameShardNeverTrainACellTwice) {
  const ExperimentConfig trial = config();
  std::vector<RunReport> reports(2);
  {
    std::vector<std::jthread> twins;
    for (RunReport& report : reports) {
      twins.emplace_back([&] {
        report = run_experiment(workspace_.path(), trial, {.jobs = 2, .shard = Shard{1, 1}});
      });
    }
  }
  EXPECT_EQ(reports[0].trained + reports[1].trained, 4);
  EXPECT_TRUE(reports[0].evaluated && reports[1].evaluated);
}

TEST_F(ShardRun, AShardAloneTrainsItsShareAndLeavesTheReport) {
  const RunReport report = run_experiment(workspace_.path(), config(), {.jobs = 1, .shard = Shard{2, 4}});
  EXPECT_EQ(report.trained, 1);
  EXPECT_FALSE(report.evaluated);
  EXPECT_FALSE(std::filesystem::exists(report.directory / "results.csv"));
  EXPECT_EQ(run(config()).trained, 3);
}

TEST_F(ShardRun, StagesDoTheirPartAlone) {
  const RunReport pictures =
      run_experiment(workspace_.path(), config(), {.jobs = 2, .stage = Stage::pictures});
  EXPECT_TRUE(std::filesystem::exists(pictures.directory / "split.csv"));
  EXPECT_TRUE(std::filesystem::exists(pictures.directory / "cells.csv"));
  EXPECT_FALSE(std::filesystem::exists(pictures.directory / "cells"));
  EXPECT_THROW(run_experiment(workspace_.path(), config(), {.stage = Stage::evaluation}), ModelError);
  run(config());
  std::filesystem::remove(pictures.directory / "report.html");
  const RunReport evaluation = run_experiment(workspace_.path(), config(), {.stage = Stage::evaluation});
  EXPECT_EQ(evaluation.trained, 0);
  EXPECT_TRUE(std::filesystem::exists(pictures.directory / "report.html"));
}

TEST_F(ShardRun, AFailedCellIsToldByItsShardAndCountsAsSettled) {
  save_weights(std::nan(""));
  ExperimentConfig pretrained = config();
  pretrained.initialisation = {"imagenet"};
  for (int i = 1; i <= 4; ++i) {
    const RunOptions options{.jobs = 1, .weights = workspace_ / "weights", .shard = Shard{i, 4}};
    if (i == 4) {
      EXPECT_THROW(run_experiment(workspace_.path(), pretrained, options), ModelError);
      continue;
    }
    const RunReport report = run_experiment(workspace_.path(), pretrained, options);
    EXPECT_FALSE(report.evaluated);
    EXPECT_THAT(report.failed_cells, testing::ElementsAre(HasSubstr("loss is no longer a number")));
  }
}

TEST_F(ShardRun, ShardsStartFromTheSameWeights) {
  ExperimentConfig pretrained = config();
  pretrained.initialisation = {"imagenet"};
  const auto run_shard = [&](int i) {
    return run_experiment(workspace_.path(), pretrained,
                          {.jobs = 1, .weights = workspace_ / "weights", .shard = Shard{i, 4}});
  };
  save_weights(1);
  run_experiment(workspace_.path(), pretrained,
                 {.jobs = 1, .weights = workspace_ / "weights", .stage = Stage::pictures});
  save_weights(2);
  EXPECT_THROW(run_shard(2), ModelError) << "though no network has been begun";
  save_weights(1);
  EXPECT_EQ(run_shard(1).trained, 1);
}

}  // namespace
}  // namespace gamut::experiment
