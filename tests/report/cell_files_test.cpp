#include "gamut/report/cell_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using testing::HasSubstr;

class CellFilesOfARun : public testing::Test {
 protected:
  void SetUp() override {
    write("cells.csv",
          "folder,scale,reduce,strategy,architecture,initialisation,fold,repeat,genre\n"
          "mel/r-b,mel,nearest,one-vs-all,resnet18,random,1,0,R&B\n"
          "mel/rock,mel,nearest,one-vs-all,resnet18,random,1,0,Rock\n");
    write("cells/mel/r-b/cell.json", "{\"seconds\": 2.5}");
    write("cells/mel/r-b/history.csv",
          "epoch,train_loss,validation_loss,validation_balanced_accuracy,seconds,images_per_second\n"
          "1,0.7,0.69,0.5,1.25,80\n2,0.5,0.6,0.7,1,100\n");
    write("cells/mel/r-b/model.safetensors", "12345");
  }

  void write(const std::string& name, const std::string& content) {
    save_atomically(directory_ / name, content);
  }

  std::string message() {
    try {
      load_cells(directory_.path());
    } catch (const FileError& error) {
      return error.what();
    }
    return "nothing thrown";
  }

  test::TemporaryDirectory directory_;
};

TEST_F(CellFilesOfARun, AreTheFinishedOnesWithTheirHistory) {
  const std::vector<CellFiles> cells = load_cells(directory_.path());
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].genre, "R&B");
  EXPECT_EQ(cells[0].fold, "1");
  EXPECT_EQ(cells[0].seconds, 2.5);
  EXPECT_EQ(cells[0].model_bytes, 5U);
  ASSERT_EQ(cells[0].history.size(), 2U);
  EXPECT_EQ(cells[0].history[1].number, 2);
  EXPECT_EQ(cells[0].history[1].train_loss, 0.5);
  EXPECT_EQ(cells[0].history[1].validation_loss, 0.6);
  EXPECT_EQ(cells[0].history[1].images_per_second, 100);
}

TEST_F(CellFilesOfARun, MayLackTheSpeed) {
  write("cells/mel/r-b/history.csv",
        "epoch,train_loss,validation_loss,validation_balanced_accuracy,seconds\n1,0.7,0.69,0.5,1\n");
  EXPECT_EQ(load_cells(directory_.path()).at(0).history.at(0).images_per_second, std::nullopt);
}

TEST_F(CellFilesOfARun, AreNoneWithoutAPlan) {
  std::filesystem::remove(directory_ / "cells.csv");
  EXPECT_TRUE(load_cells(directory_.path()).empty());
}

TEST_F(CellFilesOfARun, AreRefusedWithTheLineOfAFault) {
  write("cells/mel/r-b/history.csv", "epoch,train_loss,validation_loss,seconds\n1,0.7,high,1\n");
  EXPECT_THAT(message(), HasSubstr("line 2: \"high\" in the column validation_loss is not a number"));
  write("cells/mel/r-b/history.csv", "epoch,validation_loss,seconds\n");
  EXPECT_THAT(message(), HasSubstr("no column \"train_loss\""));
  write("cells/mel/r-b/history.csv", "epoch,train_loss,validation_loss,seconds\n1,0.7\n");
  EXPECT_THAT(message(), HasSubstr("history.csv, line 2"));
}

TEST_F(CellFilesOfARun, AreRefusedWithoutTheirSeconds) {
  write("cells/mel/r-b/cell.json", "{}");
  EXPECT_THAT(message(), HasSubstr("cell.json has no number \"seconds\""));
}

}  // namespace
}  // namespace gamut::report
