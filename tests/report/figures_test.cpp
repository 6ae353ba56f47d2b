#include "gamut/report/figures.h"
#include "gamut/core/json.h"

#include <gtest/gtest.h>

#include <set>

namespace gamut::report {
namespace {

Scores some_scores() {
  Scores scores;
  scores.scales = scores.sets = {"linear", "mel"};
  scores.architectures = {"resnet18", "resnet34"};
  scores.starts = {"ImageNet weights"};
  scores.metrics = {"f1"};
  double value = 0.5;
  for (const char* set : {"linear", "mel"}) {
    for (const char* architecture : {"resnet18", "resnet34"}) {
      for (const char* genre : {"Rock", "Jazz", "(macro)"}) {
        scores.rows.push_back({set, architecture, "ImageNet weights", genre, "f1", value += 0.01});
      }
    }
  }
  return scores;
}

/// Three genres with the differences 0.1, -0.2 and 0.05 of linear - mel.
statistics::Comparison comparison() {
  std::vector<statistics::Observation> observations;
  const auto add = [&](const char* scale, const char* genre, double value) {
    observations.push_back({{{"scale", scale}, {"genre", genre}}, value});
  };
  add("linear", "Rock", 0.5);
  add("mel", "Rock", 0.4);
  add("linear", "Jazz", 0.2);
  add("mel", "Jazz", 0.4);
  add("linear", "Pop", 0.35);
  add("mel", "Pop", 0.3);
  return statistics::compare(observations, "scale", "genre", {});
}

TEST(Figures, BoxPlotCarriesEveryGenreAndNoMean) {
  const Figure figure = make_box_figure(some_scores(), "f1");
  const Json& values = figure.specification.at("data").at("values");
  EXPECT_EQ(values.size(), 8U);
  for (const Json& value : values) EXPECT_NE(value.at("genre"), "(macro)");
  EXPECT_EQ(figure.data.rows.size(), values.size());
  EXPECT_EQ(figure.specification.at("spec").at("layer").at(0).at("mark").at("type"), "boxplot");
  EXPECT_EQ(figure.specification.at("spec").at("encoding").at("xOffset").at("scale").at("domain"),
            Json({"linear", "mel"}));
}

TEST(Figures, OneScoreAloneHasAnAxisAroundIt) {
  Scores scores = some_scores();
  scores.rows.resize(1);
  const Json y = make_box_figure(scores, "f1").specification.at("spec").at("encoding").at("y");
  EXPECT_NEAR(y.at("scale").at("domain").at(0).get<double>(), 0.4, 1e-9);
  EXPECT_NEAR(y.at("scale").at("domain").at(1).get<double>(), 0.7, 1e-9);
}

TEST(Figures, UndefinedScoresAreNamedNotDrawn) {
  Scores scores = some_scores();
  scores.rows[0].value.reset();
  const Figure figure = make_box_figure(scores, "f1");
  EXPECT_EQ(figure.specification.at("data").at("values").size(), 7U);
  EXPECT_EQ(figure.data.rows[0].back(), "undefined");
  EXPECT_NE(figure.explanation.find("undefined: 1 of 8"), std::string::npos) << figure.explanation;
}

TEST(Figures, GenresComeInTheGivenOrderForOneArchitecture) {
  const Figure figure = make_genre_figure(some_scores(), "f1", "resnet34", {"Jazz", "Rock"});
  std::set<std::string> architectures;
  for (const Json& value : figure.specification.at("data").at("values")) {
    architectures.insert(value.at("architecture").get<std::string>());
  }
  EXPECT_EQ(architectures, std::set<std::string>{"resnet34"});
  EXPECT_EQ(figure.specification.at("spec").at("encoding").at("y").at("scale").at("domain"),
            Json({"Jazz", "Rock"}));
}

TEST(Figures, QqDotsCarryTheNamesOfTheirPairs) {
  const statistics::Comparison compared = comparison();
  const Figure figure = make_qq_figure({{"linear - mel", &compared}}, "f1");
  const Json& values = figure.specification.at("data").at("values");
  ASSERT_EQ(values.size(), 5U);
  EXPECT_EQ(values[0].at("pair"), "Jazz");
  EXPECT_NEAR(values[0].at("ordered").get<double>(), -0.2, 1e-12);
  EXPECT_EQ(values[1].at("pair"), "Pop");
  EXPECT_EQ(values[2].at("pair"), "Rock");
  const double slope =
      (values[4].at("ordered").get<double>() - values[3].at("ordered").get<double>()) /
      (values[4].at("theoretical").get<double>() - values[3].at("theoretical").get<double>());
  EXPECT_NEAR(slope, statistics::qq_normal(std::vector<double>{-0.2, 0.05, 0.1}).slope, 1e-9);
  EXPECT_EQ(figure.data.rows.size(), 3U);
  EXPECT_EQ(figure.specification.at("spec").at("layer").at(0).at("transform").at(0).at("filter").at("equal"),
            "line");
}

TEST(Figures, HtmlHasCaptionDescriptionDataAndANumber) {
  const statistics::Comparison compared = comparison();
  const std::string html = to_html(make_qq_figure({{"linear - mel", &compared}}, "f1"), 10).str();
  for (const char* part : {"id=\"figure-10\"", "<b>Figure 10.</b>", "role=\"img\" aria-label=", "<details>",
                           "Jazz", "type=\"application/json\""}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace gamut::report
