#include "gamut/evaluation/predictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/random.h"
#include "tests/support/test_data.h"

namespace gamut::evaluation {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

/// Loads `text` as a predictions file.
Predictions load(const std::string& text) {
  const test::TemporaryDirectory directory;
  const auto path = directory / "predictions.csv";
  std::ofstream(path, std::ios::binary) << text;
  return load_predictions(path);
}

std::string load_message(const std::string& text) {
  return message_of([&] { load(text); });
}

Predictions two_songs() {
  return {.songs = {"a \"quoted\", one", "b\nラ"},
          .genres = {"Industrial & Noise", "R&B"},
          .labels = {1, 0, 0, 1},
          .scores = {0.123456789, 1, 0, 1e-12},
          .part = {"test", "train"},
          .fold = {"0", "0"},
          .album = {"x", "y"},
          .artist = {"p", ""}};
}

TEST(Predictions, ComeBackAsTheyWereSaved) {
  const test::TemporaryDirectory directory;
  const Predictions saved = two_songs();
  save_predictions(directory / "p.csv", saved);
  const Predictions loaded = load_predictions(directory / "p.csv");
  EXPECT_EQ(loaded.songs, saved.songs);
  EXPECT_EQ(loaded.genres, saved.genres);
  EXPECT_EQ(loaded.labels, saved.labels);
  EXPECT_EQ(loaded.scores, saved.scores);
  EXPECT_EQ(loaded.part, saved.part);
  EXPECT_EQ(loaded.fold, saved.fold);
  EXPECT_EQ(loaded.album, saved.album);
  EXPECT_EQ(loaded.artist, saved.artist);
}

TEST(Predictions, HeaderIsThatOfTheDesign) {
  const test::TemporaryDirectory directory;
  save_predictions(directory / "p.csv", two_songs());
  EXPECT_THAT(
      load_text(directory / "p.csv"),
      testing::StartsWith("song,label:Industrial & Noise,label:R&B,score:Industrial & Noise,score:R&B,"
                          "part,fold,album,artist\n"));
}

TEST(Predictions, EveryFloat32ScoreComesBackUnchanged) {
  const test::TemporaryDirectory directory;
  Random random(7);
  Predictions saved{.genres = {"Rock"}};
  for (int i = 0; i < 1000; ++i) {
    saved.songs.push_back(std::to_string(i));
    saved.labels.push_back(0);
    saved.scores.push_back(float(random.uniform() * std::pow(10.0, -double(random.below(9)))));
  }
  save_predictions(directory / "p.csv", saved);
  const Predictions loaded = load_predictions(directory / "p.csv");
  for (std::size_t i = 0; i < saved.size(); ++i) EXPECT_EQ(float(loaded.scores[i]), float(saved.scores[i]));
}

TEST(Predictions, ColumnsAreMatchedByNameInAnyOrder) {
  const Predictions predictions = load(
      "score:Pop,extra,label:Rock,song,score:Rock,fold,label:Pop\r\n"
      "0.25,?,1,s1,0.75,3,0\r\n");
  EXPECT_THAT(predictions.genres, ElementsAre("Rock", "Pop"));
  EXPECT_THAT(predictions.labels, ElementsAre(1, 0));
  EXPECT_THAT(predictions.scores, ElementsAre(0.75, 0.25));
  EXPECT_THAT(predictions.fold, ElementsAre("3"));
  EXPECT_THAT(predictions.part, IsEmpty());
}

TEST(Predictions, ASongMayComeOnceInEveryFold) {
  EXPECT_EQ(load("song,fold,label:Rock,score:Rock\ns,0,1,0.5\ns,1,1,0.5\n").size(), 2u);
}

TEST(Predictions, EveryFaultIsListedWithItsLine) {
  const std::string message = load_message(
      "song,label:Rock,score:Rock\n"
      "a,1,0.5\n"
      "b,2,0.5\n"
      "c,1,1.5\n"
      "d,1,nan\n"
      "e,,0.5\n"
      "a,1,0.5\n"
      "f,1\n"
      ",1,0.5\n");
  EXPECT_THAT(message,
              AllOf(HasSubstr("7 faults"), HasSubstr("line 3: label:Rock is \"2\"; a label is 0 or 1"),
                    HasSubstr("line 4: score:Rock is \"1.5\""), HasSubstr("line 5: score:Rock is \"nan\""),
                    HasSubstr("line 6: label:Rock is \"\"")));
  EXPECT_THAT(message,
              AllOf(HasSubstr("line 7: the song \"a\" comes a second time"), HasSubstr("line 8: 2 fields"),
                    HasSubstr("line 9: the song has no name"), Not(HasSubstr("line 2"))));
}

TEST(Predictions, AFloodOfFaultsIsCounted) {
  std::string text = "song,label:Rock,score:Rock\n";
  for (int i = 0; i < 150; ++i) text += std::to_string(i) + ",1,2\n";
  EXPECT_THAT(load_message(text), AllOf(HasSubstr("150 faults"), HasSubstr("and 50 more")));
}

TEST(Predictions, ColumnsThatDoNotFitAreNamed) {
  EXPECT_THAT(load_message("song,label:Rock\na,1\n"), HasSubstr("\"label:Rock\" and no \"score:Rock\""));
  EXPECT_THAT(load_message("song,score:Rock\na,1\n"), HasSubstr("\"score:Rock\" and no \"label:Rock\""));
  EXPECT_THAT(load_message("label:Rock,score:Rock\n1,1\n"), HasSubstr("no column \"song\""));
  EXPECT_THAT(load_message("song\na\n"), HasSubstr("no genre"));
  EXPECT_THAT(load_message("song,label:,score:\na,1,1\n"), HasSubstr("names no genre"));
  EXPECT_THAT(load_message("song,label:Rock,label: Rock,score:Rock\na,1,1,1\n"),
              HasSubstr("two label columns"));
  EXPECT_THAT(load_message("song,label:Rock,score:Rock\n"), HasSubstr("no song"));
}

TEST(Predictions, MissingFileIsAFileError) {
  EXPECT_THROW(load_predictions("/nonexistent/predictions.csv"), FileError);
}

TEST(Predictions, SavingRefusesWhatCouldNotBeRead) {
  const test::TemporaryDirectory directory;
  const auto save_message = [&](const std::function<void(Predictions&)>& spoil) {
    Predictions predictions = two_songs();
    spoil(predictions);
    return message_of([&] { save_predictions(directory / "p.csv", predictions); });
  };
  EXPECT_THAT(save_message([](auto& p) { p.scores[2] = 2; }),
              HasSubstr("score 2 of song \"b\\nラ\" for \"Industrial & Noise\""));
  EXPECT_THAT(save_message([](auto& p) { p.labels[1] = 7; }), HasSubstr("a label is 0 or 1"));
  EXPECT_THAT(save_message([](auto& p) { p.scores.pop_back(); }), HasSubstr("4 labels and 3 scores"));
  EXPECT_THAT(save_message([](auto& p) { p.album.pop_back(); }), HasSubstr("1 values of \"album\""));
  EXPECT_THAT(save_message([](auto& p) { p.genres[1] = p.genres[0]; }), HasSubstr("comes twice"));
  EXPECT_THAT(save_message([](auto& p) { p.genres[1] = " Pop"; }), HasSubstr("blanks at an end"));
  EXPECT_THAT(save_message([](auto& p) { p.songs[1] = p.songs[0]; }), HasSubstr("comes twice"));
  EXPECT_THAT(save_message([](auto& p) { p.songs[1] = ""; }), HasSubstr("song number 2 has no name"));
  EXPECT_THAT(save_message([](auto& p) { p = {}; }), HasSubstr("no song"));
  EXPECT_THAT(save_message([](auto& p) { p.genres.clear(); }), HasSubstr("no genre"));
  EXPECT_FALSE(std::filesystem::exists(directory / "p.csv"));
}

TEST(SelectPart, KeepsTheSongsOfOnePartWithAllTheirColumns) {
  const Predictions selected = select_part(two_songs(), "train");
  EXPECT_THAT(selected.songs, ElementsAre("b\nラ"));
  EXPECT_THAT(selected.labels, ElementsAre(0, 1));
  EXPECT_THAT(selected.scores, ElementsAre(0, 1e-12));
  EXPECT_THAT(selected.part, ElementsAre("train"));
  EXPECT_THAT(selected.album, ElementsAre("y"));
  EXPECT_EQ(selected.genres, two_songs().genres);
}

TEST(SelectPart, APartWithoutSongsIsEmptyAndKeepsTheGenres) {
  const Predictions selected = select_part(two_songs(), "validation");
  EXPECT_EQ(selected.size(), 0u);
  EXPECT_THAT(selected.labels, IsEmpty());
  EXPECT_EQ(selected.genres, two_songs().genres);
}

TEST(SelectPart, NeedsAPartColumn) {
  Predictions predictions = two_songs();
  predictions.part.clear();
  EXPECT_THAT(message_of([&] { select_part(predictions, "test"); }), HasSubstr("no part column"));
}

}  // namespace
}  // namespace gamut::evaluation
