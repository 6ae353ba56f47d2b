#include "gamut/evaluation/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::evaluation {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kHeader =
    "run,scale,reduce,strategy,architecture,initialisation,fold,repeat,part,decision,genre,metric,value,low,"
    "high,undefined\n";

ResultRow row() {
  return {.run = "demo",
          .scale = "mel",
          .reduce = "nearest",
          .strategy = "one-vs-all",
          .architecture = "resnet18",
          .initialisation = "random",
          .fold = "0",
          .repeat = "0",
          .part = "test",
          .decision = "0.5",
          .genre = "R&B, Soul",
          .metric = "f1",
          .value = 0.1};
}

std::string load_message(const std::string& text) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "results.csv", std::ios::binary) << text;
  try {
    load_results(directory / "results.csv");
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Results, AreWrittenWithTheColumnsOfTheDesign) {
  const test::TemporaryDirectory directory;
  save_results(directory / "results.csv", {row()});
  std::string expected = kHeader;
  expected += "demo,mel,nearest,one-vs-all,resnet18,random,0,0,test,0.5,\"R&B, Soul\",f1,0.1,,,\n";
  EXPECT_EQ(load_text(directory / "results.csv"), expected);
}

TEST(Results, ComeBackAsTheyWereSaved) {
  const test::TemporaryDirectory directory;
  ResultRow interval = row();
  interval.value = 1.0 / 3;
  interval.low = 0;
  interval.high = 2.0 / 3;
  ResultRow undefined = row();
  undefined.value = 0;
  undefined.undefined = true;
  ResultRow stand_in = row();
  stand_in.reason = "no positives, none predicted";
  save_results(directory / "results.csv", {row(), interval, undefined, stand_in});
  const auto rows = load_results(directory / "results.csv");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].run, "demo");
  EXPECT_EQ(rows[0].genre, "R&B, Soul");
  EXPECT_EQ(rows[0].metric, "f1");
  EXPECT_EQ(rows[0].value, 0.1);
  EXPECT_FALSE(rows[0].low.has_value());
  EXPECT_FALSE(rows[0].undefined);
  EXPECT_EQ(rows[1].value, 1.0 / 3);
  EXPECT_EQ(rows[1].low, 0.0);
  EXPECT_EQ(rows[1].high, 2.0 / 3);
  EXPECT_TRUE(rows[2].undefined);
  EXPECT_EQ(rows[2].value, 0);
  EXPECT_EQ(rows[0].reason, "");
  EXPECT_EQ(rows[3].reason, "no positives, none predicted");
  EXPECT_FALSE(rows[3].undefined);
}

TEST(Results, NoRowsAreATableTooAndComeBack) {
  const test::TemporaryDirectory directory;
  save_results(directory / "results.csv", {});
  EXPECT_TRUE(load_results(directory / "results.csv").empty());
}

TEST(Results, ColumnsAreMatchedByName) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "results.csv")
      << "value,metric,genre,decision,part,repeat,fold,initialisation,architecture,"
         "strategy,reduce,scale,run,high,low,more\n"
         "0.5,f1,Rock,0.5,test,0,0,random,resnet18,one-vs-all,mean,mel,r,1,0,x\n";
  const auto rows = load_results(directory / "results.csv");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].scale, "mel");
  EXPECT_EQ(rows[0].value, 0.5);
  EXPECT_EQ(rows[0].low, 0.0);
  EXPECT_EQ(rows[0].high, 1.0);
}

TEST(Results, EveryFaultIsListedWithItsLine) {
  EXPECT_THAT(load_message("run,scale,value\n"),
              AllOf(HasSubstr("no column \"reduce\""), HasSubstr("no column \"high\"")));
  EXPECT_THAT(load_message(std::string(kHeader) + "a,b,c,d,e,f,g,h,i,j,k,l,good,,,\n" + "a,b\n" +
                           "a,b,c,d,e,f,g,h,i,j,k,l,1,inf,,\n"),
              AllOf(HasSubstr("line 2: value is \"good\"; it must be a number or empty"),
                    HasSubstr("line 3: 2 fields"), HasSubstr("line 4: low is \"inf\"")));
}

TEST(Results, SavingRefusesNotANumberThatIsNotMarked) {
  const test::TemporaryDirectory directory;
  ResultRow bad = row();
  bad.value = std::numeric_limits<double>::quiet_NaN();
  try {
    save_results(directory / "results.csv", {bad});
    FAIL() << "NaN was written";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(), HasSubstr("the value of f1 for \"R&B, Soul\" (mel, resnet18) is nan"));
  }
}

}  // namespace
}  // namespace gamut::evaluation
