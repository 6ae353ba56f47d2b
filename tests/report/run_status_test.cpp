#include "gamut/report/run_status.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using testing::HasSubstr;

/// A run of five cells: two done, one running, one failed, one left.
class RunStatusTest : public testing::Test {
 protected:
  void SetUp() override {
    save_atomically(run_ / "cells.csv",
                    "folder,architecture,genre\na/1,resnet18,Jazz\na/2,resnet50,Jazz\na/3,resnet50,Rock\n"
                    "a/4,resnet18,Rock\na/5,resnet101,Rock\n");
    save_json(run_ / "cells/a/1/cell.json", {{"seconds", 10.0}});
    save_json(run_ / "cells/a/2/cell.json", {{"seconds", 30.0}});
    save_json(run_ / "cells/a/4/failure.json", {{"reason", "all of one class"}});
  }
  test::TemporaryDirectory run_;
};

TEST_F(RunStatusTest, CountsAndEstimatesByArchitecture) {
  const FileLock running(run_ / "cells/a/3/.lock", "training");
  save_json(run_ / "cells/a/3/progress.json", {{"epoch", 3},
                                               {"epochs", 20},
                                               {"images_per_second", 8.71},
                                               {"train_loss", 0.4123},
                                               {"validation_loss", 0.5}});
  const RunStatus status = load_status(run_.path());
  EXPECT_EQ(status.cells, 5);
  EXPECT_EQ(status.done, 2);
  EXPECT_EQ(status.left, 1);
  ASSERT_EQ(status.running.size(), 1u);
  EXPECT_EQ(status.running[0].cell, "a/3");
  EXPECT_THAT(status.running[0].text, HasSubstr("process " + std::to_string(::getpid())));
  EXPECT_THAT(status.running[0].text,
              HasSubstr(", epoch 3 of 20, 8.7 images/s, loss 0.412, in validation 0.500"));
  ASSERT_EQ(status.failed.size(), 1u);
  EXPECT_EQ(status.failed[0].text, "all of one class");
  EXPECT_DOUBLE_EQ(status.seconds_per_cell.value(), 20);
  EXPECT_DOUBLE_EQ(status.work_left_s.value(), 30 + 20);  // a resnet50, and one of which none is done
  EXPECT_DOUBLE_EQ(status.time_left_s.value(), 50);
}

TEST_F(RunStatusTest, ALockThatNobodyHoldsIsNotRunningAndAFailureThatIsTriedAgainIs) {
  { const FileLock died(run_ / "cells/a/3/.lock", "training"); }
  const FileLock again(run_ / "cells/a/4/.lock", "training");
  const RunStatus status = load_status(run_.path());
  EXPECT_EQ(status.left, 2);
  EXPECT_THAT(status.failed, testing::IsEmpty());
  ASSERT_EQ(status.running.size(), 1u);
  EXPECT_EQ(status.running[0].cell, "a/4");
}

TEST_F(RunStatusTest, SaysItToPeopleAndPrograms) {
  const RunStatus status = load_status(run_.path());
  const std::string text = describe(status, status.last_change_unix_s.value() + 90);
  EXPECT_THAT(text, HasSubstr("5 networks: 2 done, 0 running, 1 failed, 2 left"));
  EXPECT_THAT(text, HasSubstr("20.0 s a network; about 50 s of work are left\n"));
  EXPECT_THAT(text, HasSubstr("last change 90 s ago"));
  EXPECT_THAT(text, HasSubstr("failed a/4: all of one class"));
  const Json json = to_json(status);
  EXPECT_EQ(json.at("done"), 2);
  EXPECT_EQ(json.at("failed").at(0).at("reason"), "all of one class");
  EXPECT_TRUE(json.at("time_left_s").is_null());
  EXPECT_EQ(json.at("last_change").get<std::string>().size(), 20u);
}

TEST_F(RunStatusTest, WhatIsNotThereIsTold) {
  EXPECT_THROW(load_status(run_ / "none"), FileError);
  std::filesystem::remove(run_ / "cells.csv");
  EXPECT_THROW(load_status(run_.path()), FileError);
}

TEST_F(RunStatusTest, ACellWithoutItsSecondsIsNamed) {
  save_json(run_ / "cells/a/1/cell.json", Json::object());
  try {
    load_status(run_.path());
    FAIL();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("a/1/cell.json"));
  }
}

}  // namespace
}  // namespace gamut::report
