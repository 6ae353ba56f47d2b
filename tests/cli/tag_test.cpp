#include <gmock/gmock.h>

#include <cmath>

#include "gamut/audio/encode.h"
#include "gamut/audio/packet_hash.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/random.h"
#include "gamut/tags/genre_fields.h"
#include "tests/cli/program_test.h"

namespace gamut::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class TagVerb : public ProgramTest {
 protected:
  void encode(const std::string& name, const std::string& genre, bool tone = true) {
    std::vector<float> samples(22050);
    Random random(std::hash<std::string>()(name));
    for (std::size_t t = 0; t < samples.size(); ++t) {
      samples[t] =
          static_cast<float>(tone ? 0.4 * std::sin(0.05 * static_cast<double>(t)) : 0.1 * random.normal());
    }
    audio::encode(directory_ / name, samples, 22050, {.genre = genre});
  }
  std::vector<std::string> genres(const std::string& name) {
    return tags::load_genre_fields(directory_ / name)[0].genres;
  }
  std::vector<std::string> journals() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      if (entry.path().extension() == ".jsonl" && entry.path().filename() != "predictions.jsonl") {
        names.push_back(entry.path().filename().string());
      }
    }
    return names;
  }
  /// Two songs, and what a model said of them and of one that it could not read.
  void predict() {
    encode("a.flac", "Ska");
    encode("b.mp3", "");
    write(
        "predictions.jsonl",
        R"({"path": "a.flac", "outcome": "ok", "genres": ["Rock", "Jazz"], "scores": {"Rock": 0.9, "Jazz": 0.75, "Dub": 0.1}})"
        "\n"
        R"({"path": "b.mp3", "outcome": "ok", "genres": [], "scores": {"Rock": 0.2}})"
        "\n"
        R"({"path": "c.mp3", "outcome": "failed", "reason": "c.mp3 is no audio"})"
        "\n");
  }
};

bool has_networks() {
  return std::filesystem::exists(std::filesystem::path(GAMUT_PROGRAM).parent_path() / "gamut-networks");
}

TEST_F(TagVerb, ShowsWithoutWriting) {
  predict();
  const std::string before = sha256_file(directory_ / "a.flac");
  const Result result = gamut({"tag", "--predictions", "predictions.jsonl"});
  EXPECT_EQ(result.code, 3) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("a.flac\n  Ska -> Ska, Rock, Jazz\n"),
                                HasSubstr("scores Rock=0.900;Jazz=0.750;Dub=0.100")));
  EXPECT_THAT(result.err, AllOf(HasSubstr("c.mp3 is no audio"), HasSubstr("--write does it")));
  EXPECT_EQ(sha256_file(directory_ / "a.flac"), before);
  EXPECT_THAT(journals(), IsEmpty());
}

TEST_F(TagVerb, WritesAndTakesItBack) {
  predict();
  const Result written =
      gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--top", "2", "--json"});
  EXPECT_EQ(written.code, 3) << written.err;
  EXPECT_EQ(Json::parse(written.out.substr(0, written.out.find('\n')))["outcome"], "written");
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska", "Rock", "Jazz"));
  EXPECT_EQ(tags::load_genre_fields(directory_ / "a.flac")[0].scores, "Rock=0.900;Jazz=0.750");
  EXPECT_EQ(tags::load_genre_fields(directory_ / "b.mp3")[0].scores, "Rock=0.200");
  ASSERT_THAT(journals(), SizeIs(1));
  EXPECT_THAT(written.err, HasSubstr("gamut tag --undo ./" + journals()[0]));
  EXPECT_THAT(
      gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--top", "2", "--journal", "j.jsonl"})
          .err,
      HasSubstr("0 written, 2 unchanged, 0 skipped, 1 failed"));
  std::filesystem::remove(directory_ / "j.jsonl");
  const Result undone = gamut({"tag", "--undo", journals()[0]});
  EXPECT_EQ(undone.code, 0) << undone.err;
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska"));
  EXPECT_EQ(tags::load_genre_fields(directory_ / "b.mp3")[0].scores, "");
}

TEST_F(TagVerb, OptionsDecideWhatIsWritten) {
  predict();
  write("list.txt", "jazz\n");
  ASSERT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--whitelist", "list.txt"}).code,
            3);
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska", "jazz"));
  ASSERT_EQ(
      gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--overwrite", "--join", "; "}).code, 3);
  EXPECT_THAT(genres("a.flac"), ElementsAre("Rock; Jazz"));
}

TEST_F(TagVerb, FaultsOfUseAreSaid) {
  EXPECT_THAT(gamut({"tag"}).err, HasSubstr("give either --model"));
  EXPECT_EQ(gamut({"tag"}).code, 2);
  predict();
  EXPECT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--join", ""}).code, 2);
  EXPECT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "a.flac"}).code, 2);
  write("other.jsonl", "{\"path\": 3}\n");
  EXPECT_THAT(gamut({"tag", "--predictions", "other.jsonl"}).err, HasSubstr("other.jsonl:1: not a line of"));
  EXPECT_THAT(gamut({"tag", "--undo", "absent.jsonl"}).err, HasSubstr("absent.jsonl"));
}

TEST_F(TagVerb, WhatHasNoEffectIsRefused) {
  predict();
  for (const char* option : {"--decision=0.5", "--device=cpu", "--jobs=1"}) {
    EXPECT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", option}).code, 2) << option;
  }
  ASSERT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--journal", "j.jsonl"}).code, 3);
  for (const char* option : {"--decision=0.5", "--jobs=1", "--top=1", "--overwrite", "--journal=x.jsonl"}) {
    EXPECT_EQ(gamut({"tag", "--undo", "j.jsonl", option}).code, 2) << option;
  }
  EXPECT_EQ(gamut({"tag", "a.flac", "--undo", "j.jsonl"}).code, 2);
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska", "Rock", "Jazz"));
}

TEST_F(TagVerb, SeveralJournalsAreTakenBackAtOnce) {
  predict();
  ASSERT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--journal", "1.jsonl"}).code, 3);
  write("predictions.jsonl",
        R"({"path": "a.flac", "outcome": "ok", "genres": ["Dub"], "scores": {"Dub": 0.6}})");
  ASSERT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--journal", "2.jsonl"}).code, 0);
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska", "Rock", "Jazz", "Dub"));
  const Result undone = gamut({"tag", "--undo", "1.jsonl", "2.jsonl"});
  EXPECT_EQ(undone.code, 0) << undone.err;
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska"));
}

TEST_F(TagVerb, TheJournalIsNamedHoweverTheRunEnds) {
  predict();
  const std::vector<std::string> tag{"tag",       "--predictions", "predictions.jsonl", "--write", "--quiet",
                                     "--journal", "j.jsonl"};
  EXPECT_THAT(gamut(tag).err, HasSubstr("to take it back: gamut tag --undo j.jsonl"));
  EXPECT_THAT(gamut(tag).err, Not(HasSubstr("to take it back")));  // nothing was written
}

TEST_F(TagVerb, OneGenreThatCannotBeWrittenStopsEverythingBeforeTheFirstFile) {
  predict();
  write("predictions.jsonl",
        load_text(directory_ / "predictions.jsonl") +
            R"({"path": "b.mp3", "outcome": "ok", "genres": [], "scores": {"a;b": 0.2}})");
  const Result result = gamut({"tag", "--predictions", "predictions.jsonl", "--write"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("predictions.jsonl:4: the genre"), HasSubstr("semicolon")));
  EXPECT_THAT(genres("a.flac"), ElementsAre("Ska"));
  EXPECT_THAT(journals(), IsEmpty());
}

TEST_F(TagVerb, APathThatIsNoUtf8IsFoundByItsBytes) {
  encode("caf\xe9.flac", "Ska");
  write(
      "predictions.jsonl",
      R"({"path": "caf�.flac", "path_hex": "636166e92e666c6163", "outcome": "ok", "genres": ["Rock"], "scores": {}})");
  const Result result = gamut({"tag", "--predictions", "predictions.jsonl", "--write", "--json"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out).at("path_hex"), "636166e92e666c6163");
  EXPECT_THAT(genres("caf\xe9.flac"), ElementsAre("Ska", "Rock"));
}

TEST_F(TagVerb, LeftoversGoWhereALinkLeads) {
  predict();
  std::filesystem::create_directory(directory_ / "elsewhere");
  std::filesystem::rename(directory_ / "a.flac", directory_ / "elsewhere/a.flac");
  std::filesystem::create_symlink("elsewhere/a.flac", directory_ / "a.flac");
  write("elsewhere/.gamut-tag-1-0.tmp", "of a process that was killed");
  EXPECT_EQ(gamut({"tag", "--predictions", "predictions.jsonl", "--write"}).code, 3);
  EXPECT_FALSE(std::filesystem::exists(directory_ / "elsewhere/.gamut-tag-1-0.tmp"));
}

TEST_F(TagVerb, OptionsOfPredictThatHaveNoEffectAreRefused) {
  if (!has_networks()) GTEST_SKIP() << "built without LibTorch";
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--window", "4"}, {"--window-hop", "4"}, {"--csv", "--timeline"}}) {
    std::vector<std::string> arguments{"predict", "--model", "absent", "a.flac"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    EXPECT_EQ(gamut(arguments).code, 2) << options[0];
  }
}

TEST_F(TagVerb, AModelListensAndItsGenresAreWritten) {
  if (!has_networks()) GTEST_SKIP() << "built without LibTorch";
  std::string csv = "path,album,genres\n";
  for (int song = 0; song < 16; ++song) {
    const std::string name = "music/" + std::to_string(song) + ".flac";
    encode(name, "", song % 2 == 0);
    csv += name + "," + std::to_string(song) + "," + (song % 2 == 0 ? "Tones" : "Noise") + "\n";
  }
  write("songs.csv", csv);
  write("trial.toml",
        "[data]\ntest = 0.25\nvalidation = 0.25\n[spectrogram]\nscales = [\"mel\"]\npicture_size = 32\n"
        "[training]\nepochs = 3\nbatch = 4\ninput_size = 0\n");
  ASSERT_EQ(gamut({"import", "songs.csv"}).code, 0);
  ASSERT_EQ(gamut({"run", "trial.toml"}).code, 0);
  ASSERT_EQ(gamut({"export", "model", "runs/trial", "-o", "model/"}).code, 0);
  std::filesystem::create_directory(directory_ / "mine");
  encode("mine/a.mp3", "Ska");
  const std::string audio = audio::hash_packets(directory_ / "mine/a.mp3");
  const Result predicted = gamut({"predict", "--model", "model", "mine", "--json"});
  ASSERT_EQ(predicted.code, 0) << predicted.err;
  std::vector<std::string> expected{"Ska"};
  const Json prediction = Json::parse(predicted.out);
  for (const Json& genre : prediction["genres"]) expected.push_back(genre.get<std::string>());
  const Result written = gamut({"tag", "--model", "model", "mine", "--write", "--journal", "j.jsonl"});
  EXPECT_EQ(written.code, 0) << written.err;
  EXPECT_EQ(genres("mine/a.mp3"), expected);
  EXPECT_THAT(tags::load_genre_fields(directory_ / "mine/a.mp3")[0].scores,
              AllOf(HasSubstr("Tones="), HasSubstr("Noise=")));
  EXPECT_EQ(audio::hash_packets(directory_ / "mine/a.mp3"), audio);
  EXPECT_EQ(gamut({"tag", "--model", "model", "-"}).code, 2);
  encode("cut.wav", "");
  const std::string whole = load_text(directory_ / "cut.wav");
  write("cut.wav", whole.substr(0, whole.size() / 2));
  for (const char* verb : {"predict", "tag"}) {
    EXPECT_THAT(gamut({verb, "--model", "model", "cut.wav"}).err, HasSubstr("cut.wav: only ")) << verb;
  }
  EXPECT_EQ(gamut({"tag", "--undo", "j.jsonl"}).code, 0);
  EXPECT_THAT(genres("mine/a.mp3"), ElementsAre("Ska"));
}

}  // namespace
}  // namespace gamut::test
