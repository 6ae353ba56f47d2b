#include "gamut/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "tests/report/synthetic_run.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using test::RunShape;
using testing::HasSubstr;
using testing::Not;

std::string report_of(const std::filesystem::path& run) {
  write_report(run, run / "report.html");
  return load_text(run / "report.html");
}

std::string report_of(const RunShape& shape) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), shape);
  return report_of(directory.path());
}

std::vector<Json> specifications(const std::string& html) {
  const std::string start = "<script type=\"application/json\">";
  std::vector<Json> found;
  for (std::size_t at = html.find(start); at != std::string::npos; at = html.find(start, at)) {
    at += start.size();
    found.push_back(Json::parse(html.substr(at, html.find("</script>", at) - at)));
  }
  return found;
}

/// The page without its script, style and licences.
std::string content_of(const std::string& html) {
  const std::size_t start = html.find("<body>");
  return html.substr(start, html.find("<details class=\"licences\">") - start);
}

template <class Exception>
std::string message_of(const std::filesystem::path& run) {
  try {
    write_report(run, run / "report.html");
  } catch (const Exception& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Report, HasEverySectionAndItsFigures) {
  const std::string html = report_of(RunShape{});
  for (const char* heading :
       {"Verdict", "The music and its split", "The same song on each scale",
        "Scores by architecture and scale", "Scores by genre", "The paired test", "Does the gain hold?",
        "Do scores follow the size of the genre?", "Aggregated scores", "Learning curves",
        "Best and worst predictions", "What it cost", "Configuration and versions"}) {
    EXPECT_THAT(html, HasSubstr(">" + std::string(heading) + "</h2>"));
  }
  for (int figure = 1; figure <= 15; ++figure) {
    EXPECT_THAT(html, HasSubstr("id=\"figure-" + std::to_string(figure) + "\""));
  }
  EXPECT_THAT(html, Not(HasSubstr("id=\"figure-16\"")));
  EXPECT_EQ(specifications(html).size(), 13U);
}

TEST(Report, VerdictComesFirstWithTheTestsSentenceNAndDf) {
  const std::string content = content_of(report_of(RunShape{}));
  EXPECT_LT(content.find("Verdict"), content.find("Table 1."));
  EXPECT_THAT(content, HasSubstr("n = 5 genres, 4 degrees of freedom"));
  EXPECT_THAT(content, HasSubstr("mean over 2 architectures and 2 initial weights"));
  EXPECT_THAT(content, HasSubstr("<th scope=\"row\">ImageNet weights</th>"));
}

TEST(Report, TableOneMarksTheGenresOfTheExperiment) {
  const std::string html = report_of(RunShape{});
  EXPECT_THAT(html, HasSubstr("<tr class=\"unused\"><th scope=\"row\">Regional Music</th>"));
  EXPECT_THAT(html, HasSubstr("<tr><th scope=\"row\">Rock</th><td class=\"number\">420</td>"));
  EXPECT_THAT(html, HasSubstr("The songs of one album were to stay in one part, and they do."));
  EXPECT_THAT(html, HasSubstr("7 have a song by the same artist there"));
}

TEST(Report, OneScaleHasNoComparisonAndSaysWhy) {
  const std::string html = report_of(RunShape{.scales = {"mel"}, .architectures = {"resnet18"}});
  EXPECT_THAT(html, HasSubstr("The run has one scale (mel); a comparison needs two."));
  EXPECT_THAT(html, Not(HasSubstr("id=\"test\"")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"#test\"")));
}

TEST(Report, ThreeScalesAreRankedWithACriticalDifference) {
  const std::string html = report_of(RunShape{.scales = {"linear", "mel", "linear-bands"}});
  EXPECT_THAT(html, HasSubstr("Critical-difference diagram"));
  EXPECT_THAT(html, HasSubstr("over 3 tests"));
  EXPECT_THAT(html, HasSubstr("linear \u2212 linear-bands"));
}

TEST(Report, TwoPairsAreTestedWithoutAPlot) {
  EXPECT_THAT(report_of(RunShape{.genres = {"Rock", "Jazz"}}), HasSubstr("too few pairs"));
}

TEST(Report, FiguresAreVegaLiteWithTheirData) {
  for (const Json& specification : specifications(report_of(RunShape{}))) {
    EXPECT_EQ(specification.at("$schema"), "https://vega.github.io/schema/vega-lite/v6.json");
    EXPECT_FALSE(specification.at("data").at("values").empty());
    EXPECT_FALSE(specification.at("data").contains("url"));
  }
}

TEST(Report, HostileNamesStayText) {
  const std::string hostile = "</script><script>alert('x')</script>";
  RunShape shape;
  shape.name = "name " + hostile;
  shape.genres = {"genre " + hostile, "R&B", "{{content}}"};
  shape.scales = {"linear", "mel \"" + hostile};
  shape.song_title = "title \" onerror=\"x " + hostile;
  shape.notes = {"note " + hostile};
  const std::string content = content_of(report_of(shape));
  EXPECT_THAT(content, Not(HasSubstr("<script>")));
  EXPECT_THAT(content, Not(HasSubstr("\" onerror=\"x")));
  for (const char* kind : {"name ", "genre ", "title &quot; onerror=&quot;x ", "note "}) {
    EXPECT_THAT(content, HasSubstr(kind + std::string("&lt;/script&gt;&lt;script&gt;")));
  }
  EXPECT_THAT(content, HasSubstr("<th scope=\"row\">{{content}}</th>"));
}

TEST(Report, LoadsNothingFromOutside) {
  const std::string html = report_of(RunShape{});
  EXPECT_THAT(html, HasSubstr("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"));
  const std::regex load(R"re((src|href|srcset|data|action)\s*=\s*["']?\s*(https?:|//|file:|/))re");
  EXPECT_FALSE(std::regex_search(content_of(html), load));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  EXPECT_THAT(html, Not(HasSubstr("<link")));
}

TEST(Report, StaysBelowThreeMegabytesAndNamesNoPlaceOfTheMachine) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), RunShape{});
  const std::string html = report_of(directory.path());
  EXPECT_LT(html.size(), 3'000'000U);
  EXPECT_THAT(html, Not(HasSubstr(directory.path().string())));
  EXPECT_THAT(html, Not(HasSubstr(GAMUT_SOURCE_DIR)));
}

TEST(Report, CarriesTheLicencesOfItsScript) {
  const std::string html = report_of(RunShape{});
  EXPECT_THAT(html, HasSubstr("vega-lite 6.4.1 (BSD-3-Clause)"));
  EXPECT_THAT(html, HasSubstr("Redistribution and use in source and binary forms"));
}

TEST(Report, MissingFileIsNamed) {
  for (const char* name : {"experiment.toml", "split.csv", "results.csv", "summary.json"}) {
    test::TemporaryDirectory directory;
    test::write_synthetic_run(directory.path(), RunShape{});
    std::filesystem::remove(directory / name);
    EXPECT_THAT(message_of<FileError>(directory.path()), HasSubstr(name));
    EXPECT_FALSE(std::filesystem::exists(directory / "report.html"));
  }
}

TEST(Report, SummaryOfTheWrongShapeIsAFileError) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), RunShape{});
  for (const char* summary :
       {"{}", "[]", "{\"name\": 3}", "{\"name\": \"x\", \"table1\": [{\"genre\": 1}]}"}) {
    save_atomically(directory / "summary.json", summary);
    EXPECT_THAT(message_of<FileError>(directory.path()), HasSubstr("is not the summary of a run")) << summary;
  }
}

TEST(Report, PictureThatIsNotBase64IsRefused) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), RunShape{});
  Json summary = load_json(directory / "summary.json");
  summary["examples"][0]["png"] = "x\" onload=\"";
  save_json(directory / "summary.json", summary);
  EXPECT_THAT(message_of<FileError>(directory.path()), HasSubstr("not Base64"));
}

TEST(Report, SplitWithoutPartsIsRefused) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), RunShape{});
  save_atomically(directory / "split.csv", "song,fold\na,0\n");
  EXPECT_THAT(message_of<FileError>(directory.path()), HasSubstr("no column \"part\""));
}

TEST(Report, ResultsWithoutTestRowsAreRefused) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path(), RunShape{});
  save_atomically(directory / "results.csv",
                  "run,scale,reduce,strategy,architecture,initialisation,fold,repeat,part,decision,genre,"
                  "metric,value,low,high\n");
  EXPECT_THAT(message_of<ParameterError>(directory.path()), HasSubstr("no row of the part \"test\""));
}

}  // namespace
}  // namespace gamut::report
