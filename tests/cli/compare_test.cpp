#include <gmock/gmock.h>

#include "gamut/core/json.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class CompareVerb : public ProgramTest {
 protected:
  /// results.csv of `scales` on three genres, two depths and two parts; every scale but the first is better.
  void write_results(const std::vector<std::string>& scales) {
    std::string text = "scale,architecture,part,genre,metric,value,low,high\n";
    const std::vector<std::string> genres = {"Rock", "R&B", "Jazz", "Pop", "(macro)"};
    for (std::size_t s = 0; s < scales.size(); ++s) {
      for (const char* depth : {"resnet18", "resnet34"}) {
        for (const char* part : {"test", "validation"}) {
          for (std::size_t g = 0; g < genres.size(); ++g) {
            const double value = 0.3 + 0.05 * double(g) + (s == 0 ? 0 : 0.1 + 0.01 * double((g + s) % 4));
            text += scales[s] + "," + depth + "," + part + "," + genres[g] + ",f1," + std::to_string(value) +
                    ",,\n";
          }
        }
      }
    }
    write("results.csv", text);
  }

  Result compare(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"compare",   "--between",      "scale",        "--pair-by",
                                          "genre",     "--metric",       "f1",           "--where",
                                          "part=test", "--average-over", "architecture", "results.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return gamut(arguments);
  }
};

TEST_F(CompareVerb, SaysWhatAPairIsAndEveryTest) {
  write_results({"linear", "mel"});
  const Result result = compare({});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("The mean f1 is higher with mel"));
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("n = 4 pairs (a pair is one genre under both values of scale, averaged "
                      "over architecture; left out, being no pair: (macro))"),
            HasSubstr("\npaired t "), HasSubstr("\nWilcoxon signed-rank, exact "), HasSubstr("\nsign "),
            HasSubstr("\nShapiro–Wilk of the differences "), HasSubstr("\nequivalence within ±0.02 ")));
  EXPECT_THAT(result.err, IsEmpty());
}

TEST_F(CompareVerb, JsonIsOneDocument) {
  write_results({"linear", "mel"});
  const Result result =
      compare({"--json", "--equivalence", "0.3", "--wilcoxon", "normal", "--test-share", "0.2"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("metric"), "f1");
  EXPECT_EQ(json.at("n"), 4);
  EXPECT_EQ(json.at("wilcoxon").at("method"), "normal");
  EXPECT_EQ(json.at("equivalence").at("margin"), 0.3);
  EXPECT_LT(json.at("equivalence").at("p"), 0.001);
  EXPECT_FALSE(json.at("corrected_t_test").is_null());
}

TEST_F(CompareVerb, LatexIsATable) {
  write_results({"linear", "mel"});
  EXPECT_THAT(compare({"--latex"}).out, AllOf(StartsWith("% The mean f1"),
                                              HasSubstr("\\begin{tabular}{lrrrrr}"), HasSubstr("d\\_z = ")));
}

TEST_F(CompareVerb, MoreThanTwoConditionsAreRankedTogether) {
  write_results({"cqt", "linear", "mel"});
  const Result result = compare({});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("Friedman's test: chi-square"), HasSubstr("critical difference"),
                                HasSubstr("\ncqt - linear "), HasSubstr("\nlinear - mel ")));
  EXPECT_EQ(Json::parse(compare({"--json"}).out).at("pairwise").size(), 3u);
  EXPECT_THAT(compare({"--test-share", "0.2", "--equivalence", "0.3"}).out,
              AllOf(HasSubstr("corrected t p"), HasSubstr("equivalence within ±0.3 p")));
}

TEST_F(CompareVerb, TwoOfSeveralConditionsCanBeChosen) {
  write_results({"cqt", "linear", "mel"});
  const Result result = compare({"--where", "scale=cqt", "--where", "scale=mel", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out).at("first"), "cqt");
}

TEST_F(CompareVerb, SeveralColumnsNameAPair) {
  write_results({"linear", "mel"});
  const Result result = gamut({"compare", "results.csv", "--between", "scale", "--pair-by",
                               "genre,architecture", "--metric", "f1", "--where", "part=test", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("n"), 8);
  EXPECT_EQ(json.at("pairs")[0].at("name"), "Rock, resnet18");
}

TEST_F(CompareVerb, WideFilesAreComparedByTheirNames) {
  write("a.csv", "Genre,F1,Loss\nRock,0.5,1\nPop,0.4,1\nJazz,0.7,1\nAggregated,0.5,1\n");
  write("b.csv", "Genre,F1,Loss\nRock,0.6,1\nPop,0.7,1\nJazz,0.8,1\nAggregated,0.7,1\n");
  const Result result =
      gamut({"compare", "--wide", "linear=a.csv", "mel=b.csv", "--metric", "F1", "--pair-by", "Genre"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(StartsWith("The mean F1 is higher with mel (0.7000)"),
                                HasSubstr("n = 3 pairs"), HasSubstr("left out, being no pair: Aggregated")));
}

TEST_F(CompareVerb, WhatCannotBePairedIsListedAndRefused) {
  write_results({"linear", "mel"});
  const Result mixed = gamut({"compare", "results.csv", "--between", "scale", "--pair-by", "genre",
                              "--metric", "f1", "--average-over", "architecture"});
  EXPECT_EQ(mixed.code, 2);
  EXPECT_THAT(mixed.out, IsEmpty());
  EXPECT_THAT(mixed.err, HasSubstr("part: test, validation"));
  write("results.csv", "scale,genre,f1\nmel,Rock,1\nlinear,Rock,2\nmel,Rock,3\nmel,Pop,2\nlinear,Jazz,nan\n");
  const auto plain = [&] {
    return gamut({"compare", "results.csv", "--between", "scale", "--pair-by", "genre", "--metric", "f1"});
  };
  EXPECT_THAT(plain().err, HasSubstr("nan at genre=Jazz, scale=linear"));
  write("results.csv", "scale,genre,f1\nmel,Rock,1\nlinear,Rock,2\nmel,Rock,3\nmel,Pop,2\n");
  EXPECT_THAT(plain().err, HasSubstr("\"Pop\" has no scale = linear"));
  write("results.csv", "scale,genre,f1\nmel,Rock,1\nlinear,Rock,2\nmel,Rock,3\n");
  EXPECT_THAT(plain().err, HasSubstr("\"Rock\", mel: 2 values"));
}

TEST_F(CompareVerb, UsageErrorsSayWhatToDo) {
  write_results({"linear", "mel"});
  const std::vector<std::string> base = {"compare", "--pair-by", "genre", "--metric", "f1"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = base;
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Result result = gamut(arguments);
    EXPECT_EQ(result.code, 2) << result.err;
    return result.err;
  };
  EXPECT_THAT(with({}), HasSubstr("name either one TABLE.csv or --wide"));
  EXPECT_THAT(with({"results.csv"}), HasSubstr("--between says which column is compared"));
  EXPECT_THAT(with({"results.csv", "--between", "scale", "--where", "part"}),
              HasSubstr("--where \"part\"; it must be COLUMN=VALUE"));
  EXPECT_THAT(with({"--wide", "results.csv", "mel=results.csv"}), HasSubstr("it must be NAME=FILE.csv"));
  EXPECT_THAT(with({"results.csv", "--between", "scale", "--wilcoxon", "fast"}),
              HasSubstr("known are automatic, exact and normal"));
  EXPECT_THAT(with({"results.csv", "--between", "scale", "--test-share", "1"}),
              HasSubstr("--test-share 1; it must lie between 0 and 1"));
}

}  // namespace
}  // namespace gamut::test
