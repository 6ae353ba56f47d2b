#include "gamut/report/sections.h"
#include "gamut/core/json.h"
#include "gamut/report/html_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/files.h"
#include "gamut/evaluation/pairing.h"
#include "gamut/report/gain_draws.h"
#include "gamut/report/rank_figure.h"
#include "gamut/report/report.h"
#include "tests/report/synthetic_run.h"
#include "tests/support/test_data.h"

namespace gamut::report {
namespace {

using test::RunShape;
using testing::HasSubstr;
using testing::Not;

/// A run with predictions, written once for all tests.
class WholeRun : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new test::TemporaryDirectory();
    test::write_synthetic_run(directory_->path() / "runs" / "grouped",
                              {.architectures = {"resnet18"}, .with_predictions = true});
    test::write_synthetic_run(directory_->path() / "runs" / "leaking",
                              {.architectures = {"resnet18"}, .group_by = "none", .with_predictions = true});
    files_ = new RunFiles(load_run_files(directory_->path() / "runs" / "grouped"));
  }
  static void TearDownTestSuite() {
    delete files_;
    delete directory_;
  }

  const RunFiles& files() { return *files_; }
  Scores scores() { return select_test_scores(files_->results); }
  const std::filesystem::path run_ = directory_->path() / "runs" / "grouped";

  static test::TemporaryDirectory* directory_;
  static RunFiles* files_;
};
test::TemporaryDirectory* WholeRun::directory_ = nullptr;
RunFiles* WholeRun::files_ = nullptr;

TEST_F(WholeRun, HasASectionForEverything) {
  write_report(run_, run_ / "report.html");
  const std::string html = load_text(run_ / "report.html");
  for (const char* id :
       {"test", "songs", "gain", "size", "baselines", "decisions", "leaks", "calibration", "confusion"}) {
    EXPECT_THAT(html, HasSubstr("<h2 id=\"" + std::string(id) + "\">"));
    EXPECT_THAT(html, HasSubstr("href=\"#" + std::string(id) + "\""));
  }
}

TEST_F(WholeRun, TestsEveryGenreSongBySong) {
  const std::string html = make_mcnemar_section(files()).str();
  const auto first = evaluation::mcnemar(files().predictions[0].test, files().predictions[1].test).front();
  EXPECT_THAT(html, HasSubstr(first.genre));
  EXPECT_THAT(html, HasSubstr(p_value(first.p)));
  EXPECT_THAT(html, HasSubstr("tests show a difference at the 5 % level, adjusted by Holm"));
}

TEST_F(WholeRun, IsMadeFromItsFilesAlone) {
  write_report(run_, run_ / "report.html");
  const std::string first = load_text(run_ / "report.html");
  write_report(run_, run_ / "again.html");
  EXPECT_EQ(load_text(run_ / "again.html"), first);
}

TEST_F(WholeRun, KnowsItsNetworksByTheirFileNames) {
  ASSERT_EQ(files().predictions.size(), 4U);
  EXPECT_EQ(files().predictions.front().scale, "linear");
  EXPECT_EQ(files().predictions.front().initialisation, "imagenet");
  EXPECT_EQ(files().predictions.front().test.size(), 60U);
}

TEST_F(WholeRun, FindsTheSameExperimentSplitOtherwise) {
  ASSERT_EQ(files().siblings.size(), 1U);
  EXPECT_EQ(files().siblings.front().name, "leaking");
  int figures = 0;
  const std::string html = make_leaks_section(files(), scores(), figures).str();
  EXPECT_THAT(html, HasSubstr("split song by song"));
  EXPECT_THAT(html, HasSubstr("split by album"));
}

TEST_F(WholeRun, TheGainOfOneNetworkIsThatOfThePairedBootstrap) {
  const GainDraws draws(files());
  EXPECT_EQ(draws.by(), "album");
  const auto imagenet = [](const NetworkPredictions& network) {
    return network.initialisation == "imagenet";
  };
  const std::vector<std::string>& genres = files().predictions[0].test.genres;
  const auto expected =
      evaluation::bootstrap_difference(files().predictions[1].test, files().predictions[0].test, "f1");
  for (const evaluation::Difference& difference : expected) {
    if (difference.genre == "(all cells)") continue;
    const std::vector<std::string> of =
        difference.genre == "(macro)" ? genres : std::vector{difference.genre};
    const std::optional<DrawnGain> gain = draws.gain("mel", "linear", of, imagenet);
    ASSERT_TRUE(gain && difference.interval) << difference.genre;
    EXPECT_NEAR(gain->interval.low, difference.interval->low, 1e-12);
    EXPECT_NEAR(gain->interval.high, difference.interval->high, 1e-12);
    EXPECT_GT(gain->p, 0);
    EXPECT_LE(gain->p, 1);
  }
}

TEST_F(WholeRun, AGainOverItselfIsNeverShown) {
  const GainDraws draws(files());
  const std::vector<std::string>& genres = files().predictions[0].test.genres;
  const std::optional<DrawnGain> gain =
      draws.gain("mel", "mel", genres, [](const NetworkPredictions&) { return true; });
  ASSERT_TRUE(gain);
  EXPECT_EQ(gain->interval.low, 0);
  EXPECT_EQ(gain->p, 1);
  EXPECT_FALSE(draws.gain("mel", "cqt", genres, [](const NetworkPredictions&) { return true; }));
}

TEST_F(WholeRun, AGainFromAFewAlbumsHasNoIntervalAndNoP) {
  RunFiles few = files();
  const std::vector<std::string> first_genre = {few.predictions[0].test.genres[0]};
  const auto all = [](const NetworkPredictions&) { return true; };
  EXPECT_TRUE(GainDraws(few).gain("mel", "linear", first_genre, all));
  for (NetworkPredictions& network : few.predictions) {
    for (std::size_t s = 0; s < network.test.size(); ++s) {
      if (network.test.labels[s * network.test.genres.size()] == 1) network.test.album[s] = "one";
    }
  }
  EXPECT_FALSE(GainDraws(few).gain("mel", "linear", first_genre, all));
}

TEST_F(WholeRun, AGainOfSixAlbumsHasAPOfTheSignTestAtLeast) {
  RunFiles few = files();
  std::vector<std::string> genre = {few.predictions[0].test.genres[0]};
  for (NetworkPredictions& network : few.predictions) {
    for (std::size_t s = 0; s < network.test.size(); ++s) {
      const std::size_t cell = s * network.test.genres.size();
      network.test.labels[cell] = s < 12 ? 1 : 0;
      network.test.scores[cell] = s < 12 && network.scale == "mel" ? 0.9 : 0.1;
    }
  }
  const auto gain =
      GainDraws(few).gain("mel", "linear", genre, [](const NetworkPredictions&) { return true; });
  ASSERT_TRUE(gain);
  EXPECT_EQ(gain->interval.low, 1);
  EXPECT_EQ(gain->p, 2 / 64.0);
}

TEST_F(WholeRun, AGainIsDrawnFromTheNetworksThatItIsMeasuredBy) {
  RunFiles third = files();  // a third scale lacks the networks of random weights
  for (std::size_t i = 0; i < files().results.size(); ++i) {
    evaluation::ResultRow row = files().results[i];
    if (row.scale != "linear" || row.initialisation == "random") continue;
    row.scale = "cqt";
    third.results.push_back(row);
  }
  RunFiles without = third;
  std::erase_if(without.predictions,
                [](const NetworkPredictions& network) { return network.initialisation == "random"; });
  int figures = 0;
  const std::string html = make_gain_section(third, figures).str();
  figures = 0;
  EXPECT_EQ(html, make_gain_section(without, figures).str());
}

TEST_F(WholeRun, BaselinesStandBesideTheNetworks) {
  int figures = 0;
  const std::string html = make_baselines_section(files(), scores(), figures).str();
  for (const char* name : {"majority", "chance, by prevalence", "most popular genres", "Better than chance"})
    EXPECT_THAT(html, HasSubstr(name));
  EXPECT_THAT(html, Not(HasSubstr(">album oracle<")));
}

TEST_F(WholeRun, TheAlbumOracleComesWithALeak) {
  const RunFiles leaking = load_run_files(directory_->path() / "runs" / "leaking");
  int figures = 0;
  EXPECT_THAT(make_baselines_section(leaking, select_test_scores(leaking.results), figures).str(),
              HasSubstr(">album oracle<"));
}

TEST_F(WholeRun, DecisionsStandSideBySide) {
  int figures = 0;
  const std::string html = make_decisions_section(files(), figures).str();
  for (const char* name : {"score &gt; 0.5", "tuned thresholds", "corrected prior"})
    EXPECT_THAT(html, HasSubstr(name));
}

TEST_F(WholeRun, TheConfusionsDiagonalIsRecall) {
  int figures = 0;
  const std::string html = make_confusion_section(files(), figures).str();
  const std::string start = "<script type=\"application/json\">";
  const std::size_t at = html.find(start) + start.size();
  const Json specification = Json::parse(html.substr(at, html.find("</script>", at) - at));
  int seen = 0;
  for (const Json& cell : specification.at("data").at("values")) {
    if (cell.at("truth") != cell.at("given")) continue;
    const std::optional<double> recall =
        scores().find(cell.at("panel").get<std::string>(), "resnet18", "ImageNet weights",
                      cell.at("truth").get<std::string>(), "recall");
    ASSERT_TRUE(recall);
    EXPECT_NEAR(cell.at("share").get<double>(), *recall, 1e-12);
    ++seen;
  }
  EXPECT_EQ(seen, 10);
}

TEST_F(WholeRun, IntervalsHoldTheirValues) {
  for (const Score& score : scores().of_genres("f1")) {
    ASSERT_TRUE(score.value && score.low && score.high);
    EXPECT_LE(*score.low, *score.value + 0.1);
    EXPECT_LT(*score.low, *score.high);
  }
}

TEST_F(WholeRun, GenresThatWereNotJudgedAreNamed) {
  RunFiles few = files();
  for (evaluation::ResultRow& row : few.results) {
    if (row.genre == "Jazz") row.low = row.high = std::nullopt;
  }
  EXPECT_THAT(chance_sentence(select_test_scores(few.results)),
              HasSubstr("Not judged: Jazz; an interval takes"));
  for (evaluation::ResultRow& row : few.results) row.low = row.high = std::nullopt;
  EXPECT_THAT(chance_sentence(select_test_scores(few.results)), testing::StartsWith("no genre was judged"));
}

TEST_F(WholeRun, TheSizeOfGenresIsNotRelatedToStandIns) {
  RunFiles flagged = files();
  for (evaluation::ResultRow& row : flagged.results) {
    if (row.genre == "Jazz" && row.metric == "precision") row.reason = "none predicted";
  }
  int figures = 0;
  EXPECT_THAT(make_size_section(flagged, scores(), figures).str(),
              HasSubstr("Precision is without Jazz: no test song, or no value with some network."));
  EXPECT_THAT(make_size_section(files(), scores(), figures).str(), Not(HasSubstr("is without")));
}

TEST_F(WholeRun, SizeSaysWhichWayTheScoresGo) {
  RunFiles falling = files();
  Json& rows = falling.summary["split_audit"]["rows"];
  const std::vector<std::string> order = {"Rock", "Electronic", "Jazz", "Pop", "Classical"};
  for (Json& row : rows) {
    const auto found = std::find(order.begin(), order.end(), row.at("genre").get<std::string>());
    row["train"] = 100 * (found - order.begin() + 1);
  }
  for (evaluation::ResultRow& row : falling.results) {
    const auto found = std::find(order.begin(), order.end(), row.genre);
    if (row.metric == "f1" && found != order.end()) row.value = 0.9 - 0.1 * double(found - order.begin());
  }
  // All five fall: of 120 orders two go so far, p = 0.0167.
  EXPECT_THAT(size_sentence(falling), HasSubstr("F1 falls with the number of training songs"));
}

TEST_F(WholeRun, MeansSayWhichGenresHaveNoValue) {
  EXPECT_THAT(make_aggregates_section(scores()).str(), Not(HasSubstr("of which some have no value")));
  RunFiles flagged = files();
  for (evaluation::ResultRow& row : flagged.results) {
    if (row.genre == "(macro)" && row.metric == "precision") row.reason = "undefined for 1 of 5 genres: Jazz";
  }
  EXPECT_THAT(make_aggregates_section(select_test_scores(flagged.results)).str(),
              HasSubstr("<li>Precision: undefined for 1 of 5 genres: Jazz</li>"));
}

TEST_F(WholeRun, TheVerdictSaysWhatIsKnownOfLeaks) {
  RunFiles changed = files();
  const auto verdict = [&] { return make_verdict(changed, scores(), compare_scales(changed.results)).str(); };
  EXPECT_THAT(verdict(),
              HasSubstr("no test song is known to have an album-mate in training, but 4 of the songs "
                        "name no album."));
  Json& audit = changed.summary["split_audit"];
  audit["songs_without_album"] = 0;
  EXPECT_THAT(verdict(), HasSubstr("no test song has an album-mate in training."));
  audit["test_songs_with_album_mates"] = 3;
  EXPECT_THAT(verdict(), HasSubstr("the split leaks"));
  audit["test_songs_with_album_mates_in_training"] = 0;  // they are in validation
  EXPECT_THAT(verdict(), HasSubstr("no test song has an album-mate in training."));
  changed.summary.erase("split_audit");
  EXPECT_THAT(verdict(), HasSubstr("whether test songs have album-mates in training is not known."));
}

TEST_F(WholeRun, TheVerdictIsShortAndInWords) {
  const std::string html = make_verdict(files(), scores(), compare_scales(files().results)).str();
  for (const char* lead : {"How sure", "On what evidence", "Does it hold", "Better than chance",
                           "What would change the answer"}) {
    EXPECT_THAT(html, HasSubstr("<b>" + std::string(lead) + ": </b>"));
  }
  EXPECT_LT(html.size(), 2500U);
}

TEST(RankFigure, EveryBarHasALevelOfItsOwn) {
  std::vector<statistics::Observation> observations;
  for (int genre = 0; genre < 6; ++genre) {
    for (const auto& [scale, value] : {std::pair{"a", 0.5}, {"b", 0.5}, {"c", 0.2}, {"d", 0.1}}) {
      const double wobble = 0.01 * ((genre * 3 + scale[0]) % 4);
      observations.push_back({{{"scale", scale}, {"genre", std::to_string(genre)}}, value + wobble});
    }
  }
  const statistics::ManyComparison many =
      statistics::compare_many(observations, {.between = "scale", .pair_by = {"genre"}});
  const Figure figure = make_rank_figure(many, "f1");
  std::set<std::string> levels;
  std::size_t bars = 0;
  for (const Json& value : figure.specification.at("data").at("values")) {
    levels.insert(value.at("row").get<std::string>());
    if (value.at("kind") == "line") ++bars;
  }
  EXPECT_EQ(bars, 1 + many.cliques.size());
  EXPECT_EQ(levels.size(), 4 + bars);
  EXPECT_EQ(figure.data.rows.size(), 4U);
}

TEST(Sections, ANeighbourThatIsBrokenDoesNotMatter) {
  test::TemporaryDirectory directory;
  test::write_synthetic_run(directory.path() / "runs" / "a", RunShape{});
  save_atomically(directory.path() / "runs" / "b" / "experiment.toml", "not [ toml");
  save_atomically(directory.path() / "runs" / "b" / "results.csv", "nothing");
  EXPECT_TRUE(load_run_files(directory.path() / "runs" / "a").siblings.empty());
}

}  // namespace
}  // namespace gamut::report
