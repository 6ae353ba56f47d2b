// The program as people use it: arguments in, standard output, standard error and exit code out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/audio/encode.h"
#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "gamut/core/png.h"
#include "tests/cli/program_test.h"
#include "tests/support/test_data.h"

namespace gamut {
namespace {

using test::Result;
using testing::HasSubstr;
using testing::Not;

class Cli : public test::ProgramTest {
 protected:
  void tone(const std::string& name, double seconds = 1) {
    std::vector<float> samples(static_cast<std::size_t>(22050 * seconds));
    for (std::size_t t = 0; t < samples.size(); ++t)
      samples[t] = 0.3f * std::sin(0.1f * static_cast<float>(t));
    std::filesystem::create_directories((directory_ / name).parent_path());
    audio::encode(directory_ / name, samples, 22050);
  }
};

TEST_F(Cli, HelpShowsVerbsAndDefaults) {
  const Result help = gamut({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* verb : {"demo", "import", "genres", "spectrogram", "extract", "split", "run", "slurm",
                           "report", "status", "evaluate"}) {
    EXPECT_THAT(help.out, HasSubstr(verb));
  }
  EXPECT_THAT(gamut({"spectrogram", "--help"}).out, HasSubstr("INT=2048"));
  EXPECT_THAT(gamut({"--version"}).out,
              testing::AllOf(HasSubstr("gamut 0."), HasSubstr("LibTorch"), HasSubstr("libavcodec")));
}

TEST_F(Cli, UsageFaultsExitWithTwo) {
  EXPECT_EQ(gamut({}).code, 2);
  EXPECT_EQ(gamut({"sing"}).code, 2);
  EXPECT_EQ(gamut({"spectrogram", "a.mp3"}).code, 2);
  EXPECT_EQ(gamut({"genres", "--loud"}).code, 2);
  tone("a.flac");
  const Result odd = gamut({"spectrogram", "a.flac", "-o", "a.png", "--n-fft", "1023", "--fmax", "20000"});
  EXPECT_EQ(odd.code, 2);
  EXPECT_THAT(odd.err, testing::AllOf(HasSubstr("1023"), HasSubstr("20000"), HasSubstr("11025")));
  EXPECT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.jpg"}).code, 2);
  EXPECT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.png", "--picture-size", "wide"}).code, 2);
}

TEST_F(Cli, SpectrogramRefusesWhatIsLongerThanItsLimit) {
  tone("a.flac", 3);
  const Result refused = gamut({"spectrogram", "a.flac", "-o", "a.png", "--max-duration", "2"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("at most 2 s are accepted"));
  EXPECT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.png", "--max-duration", "3"}).code, 0);
}

TEST_F(Cli, SpectrogramWritesPicturesAndNumbers) {
  tone("a.flac");
  for (const char* scale : {"linear", "mel", "linear-bands", "log-frequency", "bark", "erb", "cqt", "vqt"}) {
    ASSERT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.png", "--scale", scale}).code, 0);
    EXPECT_EQ(load_png(directory_ / "a.png").width, 250);
  }
  ASSERT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.npy", "--array", "power", "--n-mels", "64"}).code, 0);
  EXPECT_THAT(load_npy_float(directory_ / "a.npy").shape, testing::ElementsAre(64, 44));
  ASSERT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.npy", "--array", "mfcc", "--n-mfcc", "13"}).code, 0);
  EXPECT_THAT(load_npy_float(directory_ / "a.npy").shape, testing::ElementsAre(13, 44));
  const Result many = gamut({"spectrogram", "a.flac", "-o", "a.npy", "--array", "mfcc", "--n-mfcc", "129"});
  EXPECT_EQ(many.code, 2);
  EXPECT_THAT(many.err, HasSubstr("n_mfcc is 129; it must be from 1 to 128"));
  ASSERT_EQ(gamut({"spectrogram", "a.flac", "-o", "a.npy", "--picture-size", "40x30"}).code, 0);
  EXPECT_THAT(load_npy_bytes(directory_ / "a.npy").shape, testing::ElementsAre(30, 40));
}

TEST_F(Cli, SpectrogramWritesTheArraysOfBothChannelsOneAfterTheOther) {
  tone("a.flac");
  for (const char* array : {"signal", "magnitude", "db", "mfcc"}) {
    ASSERT_EQ(gamut({"spectrogram", "a.flac", "-o", "one.npy", "--array", array}).code, 0);
    ASSERT_EQ(
        gamut({"spectrogram", "a.flac", "-o", "two.npy", "--array", array, "--channels", "stereo"}).code, 0);
    const FloatArray one = load_npy_float(directory_ / "one.npy");
    const FloatArray two = load_npy_float(directory_ / "two.npy");
    std::vector<std::size_t> shape = one.shape;
    shape.insert(shape.begin(), 2);
    EXPECT_EQ(two.shape, shape) << array;
    std::vector<float> twice = one.values;  // the file has one channel, which both are
    twice.insert(twice.end(), one.values.begin(), one.values.end());
    EXPECT_EQ(two.values, twice) << array;
  }
}

TEST_F(Cli, ExtractRefusesBadOptionsBeforeAnySongFails) {
  tone("music/Pop/a.flac");
  ASSERT_EQ(gamut({"import", "music", "--format", "folders"}).code, 0);
  for (const char* seconds : {"0", "-1", "nan"}) {
    EXPECT_EQ(gamut({"extract", "--max-duration", seconds}).code, 2) << seconds;
  }
  EXPECT_EQ(gamut({"extract", "--sample-rate", "500"}).code, 2);
  EXPECT_EQ(gamut({"extract", "--scale", "mel"}).code, 0);
}

TEST_F(Cli, BadInputIsToldFileByFileAndTheRestIsDone) {
  tone("good.mp3");
  const std::string strange = "quote \" comma, line\nbreak 「songs」.flac";
  tone(strange);
  write("empty.mp3", "");
  write("text.mp3", "this is a letter, not music\n");
  std::filesystem::create_directories(directory_ / "folder.mp3");
  for (const char* name : {"cut.mp3", "cut.m4a", "cut.flac"}) {
    tone(name, 8);
    std::filesystem::resize_file(directory_ / name, std::filesystem::file_size(directory_ / name) / 2);
  }
  std::string csv = csv_row({"path", "genres"});
  for (const std::string& name :
       {std::string("good.mp3"), strange, std::string("empty.mp3"), std::string("text.mp3"),
        std::string("cut.mp3"), std::string("cut.m4a"), std::string("cut.flac")}) {
    csv += csv_row({name, "Pop"});
  }
  tone("bare.flac");
  csv += csv_row({"bare.flac", ""});
  csv += csv_row({"folder.mp3", "Pop"});
  csv += csv_row({"gone.mp3", "Pop"});
  write("songs.csv", csv);

  const Result import = gamut({"import", "songs.csv"});
  EXPECT_EQ(import.code, 3) << import.err;
  EXPECT_THAT(import.out, HasSubstr("8 songs added"));
  EXPECT_THAT(import.out, HasSubstr("1 of the imported have no genre"));
  EXPECT_THAT(import.err,
              testing::AllOf(HasSubstr("folder.mp3"), HasSubstr("songs.csv:11"), HasSubstr("gone.mp3")));

  const Result extract = gamut({"extract", "--jobs", "2", "--picture-size", "32"});
  EXPECT_EQ(extract.code, 3) << extract.err;
  EXPECT_THAT(extract.err,
              testing::AllOf(HasSubstr("failed: empty.mp3"), HasSubstr("failed: text.mp3"),
                             HasSubstr("partial: cut.mp3"), HasSubstr("partial: cut.flac"),
                             HasSubstr("cut.m4a"), Not(HasSubstr("good.mp3:")), Not(HasSubstr("songs」"))));
  const Result again = gamut({"extract", "--jobs", "2", "--picture-size", "32"});
  EXPECT_EQ(again.code, 3);
  EXPECT_THAT(again.err, HasSubstr("0 songs computed, 8 were complete"));
}

TEST_F(Cli, ImportTellsEveryFaultWithItsLine) {
  tone("a.flac");
  tone("b.flac");
  write("songs.csv",
        "path,subgenres\na.flac,bebop\nb.flac,zydeco\na.flac,bebop\nonly one field\n\"never closed\n");
  write("taxonomy.csv", "subgenre,genre\nbebop,Jazz\n");
  const Result import = gamut({"import", "songs.csv", "--taxonomy", "taxonomy.csv"});
  EXPECT_EQ(import.code, 3);
  EXPECT_THAT(import.err,
              testing::AllOf(HasSubstr("songs.csv:3"), HasSubstr("zydeco"), HasSubstr("songs.csv:4"),
                             HasSubstr("songs.csv:5"), HasSubstr("songs.csv:6")));
  EXPECT_THAT(import.out, HasSubstr("1 songs added"));
  EXPECT_THAT(gamut({"import", "songs.csv", "--taxonomy", "taxonomy.csv"}).out,
              HasSubstr("0 songs added, 0 changed, 1 unchanged"));
  const Json genres = Json::parse(gamut({"genres", "--json"}).out);
  EXPECT_EQ(genres.at("genres").at(0).at("genre"), "Jazz");
  EXPECT_EQ(genres.at("genres").at(0).at("songs"), 1);
}

TEST_F(Cli, MissingThingsSayWhatToDo) {
  const Result missing = gamut({"import", "none.csv"});
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.err, HasSubstr("none.csv"));
  write("x.toml", "name = \"x\"\n");
  EXPECT_THAT(gamut({"run", "x.toml"}).err, HasSubstr("run `gamut import` first"));
  EXPECT_EQ(gamut({"spectrogram", "none.mp3", "-o", "x.png"}).code, 1);
  EXPECT_EQ(gamut({"report", "none"}).code, 1);
}

TEST_F(Cli, WorkspaceIsAcceptedBeforeAndAfterTheVerb) {
  tone("music/Jazz/a.flac");
  EXPECT_EQ(gamut({"--workspace", "w", "import", "music"}).code, 0);
  EXPECT_THAT(gamut({"genres", "--workspace", "w"}).out, HasSubstr("Jazz"));
}

TEST_F(Cli, EvaluateReadsAnyPredictionsFile) {
  write("scores.csv", "song,label:Jazz,score:Jazz,label:Rock,score:Rock\na,1,0.9,0,0.2\nb,0,0.1,0,0.4\n");
  const Json metrics = Json::parse(gamut({"evaluate", "scores.csv", "--json"}).out);
  EXPECT_EQ(metrics.at("Jazz").at("f1"), 1.0);
  EXPECT_TRUE(metrics.at("Rock").contains("undefined"));
}

TEST_F(Cli, EvaluateFlagsWhatIsUndefinedAndSaysWhatIsNotAvailable) {
  write("scores.csv", "song,label:Jazz,score:Jazz,label:Rock,score:Rock\na,1,0.9,0,0.2\nb,0,0.1,0,0.4\n");
  const std::string table = gamut({"evaluate", "scores.csv"}).out;
  EXPECT_THAT(table, HasSubstr("* Undefined; counted as 0"));
  EXPECT_THAT(table, HasSubstr("Rock, no positives: "));
  EXPECT_THAT(table, HasSubstr("Not available\n"));
  EXPECT_THAT(table, HasSubstr("  tuned thresholds: they are fitted on songs of the part \"validation\""));
  const Json skipped = Json::parse(gamut({"evaluate", "scores.csv", "--undefined", "skip", "--json"}).out);
  EXPECT_TRUE(skipped.at("Rock").at("f1").is_null());
  EXPECT_EQ(skipped.at("(macro)").at("f1"), 1.0);
  EXPECT_EQ(gamut({"evaluate", "scores.csv", "--undefined", "one"}).code, 2);
  EXPECT_EQ(gamut({"evaluate", "scores.csv", "--part", "test"}).code, 2);
}

TEST_F(Cli, EvaluateTunesOnValidationSongsAndReadsTheSplitForItsBaselines) {
  write("scores.csv", "song,label:Jazz,score:Jazz\na,1,0.4\nb,0,0.1\nc,1,0.4\nd,0,0.2\n");
  write("split.csv",
        "song,part,fold,album,artist,label:Jazz\na,validation,0,x,,1\nb,validation,0,y,,0\n"
        "c,test,0,z,,1\nd,test,0,z,,0\ne,train,0,z,,1\n");
  const Json json = Json::parse(gamut({"evaluate", "scores.csv", "--split", "split.csv", "--json"}).out);
  EXPECT_EQ(json.at("Jazz").at("recall"), 0.0);
  EXPECT_EQ(json.at("(decisions)").at("tuned").at("Jazz").at("recall"), 1.0);
  EXPECT_EQ(json.at("(baselines)").at("album-oracle").at("metrics").at("Jazz").at("precision"), 0.5);
  EXPECT_FALSE(
      json.at("(decisions)").contains("corrected"));  // nobody said what the networks took for frequent
  const Result told =
      gamut({"evaluate", "scores.csv", "--split", "split.csv", "--trained-prior", "0.5", "--json"});
  EXPECT_TRUE(Json::parse(told.out).at("(decisions)").contains("corrected"));
}

// A median lies between the least and the largest of its runs.
void expect_within(const Json& median, const Json& runs, const std::string& key) {
  std::vector<double> values;
  for (const Json& run : runs) values.push_back(run.at(key).get<double>());
  EXPECT_GE(median.get<double>(), *std::min_element(values.begin(), values.end())) << key;
  EXPECT_LE(median.get<double>(), *std::max_element(values.begin(), values.end())) << key;
}

TEST_F(Cli, BenchExtractTellsEveryStageAndEveryRun) {
  tone("a.mp3", 3);
  tone("b.flac", 2);
  const Result result = gamut({"bench", "extract", "--scale", "linear,mel", "--runs", "3", "--jobs", "1,2",
                               "--json", "a.mp3", "b.flac"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Json document = Json::parse(result.out);
  EXPECT_EQ(document.at("n_runs"), 3);
  ASSERT_EQ(document.at("files").size(), 2);
  EXPECT_EQ(document.at("files").at(0).at("file"), "a.mp3");
  EXPECT_NEAR(document.at("files").at(0).at("duration_s").get<double>(), 3, 0.1);
  EXPECT_EQ(document.at("files").at(1).at("sample_rate_hz"), 22050);
  for (const Json& file : document.at("files")) {
    const Json& runs = file.at("runs");
    ASSERT_EQ(runs.size(), 3);
    expect_within(file.at("decode_s"), runs, "decode_s");
    expect_within(file.at("total_s"), runs, "total_s");
    EXPECT_GT(file.at("decode_s"), 0.0);
    EXPECT_DOUBLE_EQ(file.at("ratio_to_decode").get<double>(),
                     file.at("total_s").get<double>() / file.at("decode_s").get<double>());
    EXPECT_GT(file.at("cpu").at("ratio_to_decode"), 0.0);
    for (const Json& run : runs) {
      std::vector<std::string> stages;
      for (const auto& [stage, seconds] : run.at("stages").items()) {
        stages.push_back(stage);
        EXPECT_TRUE(std::isfinite(seconds.get<double>())) << stage;
      }
      EXPECT_THAT(stages,
                  testing::UnorderedElementsAre("decode", "resample", "stft", "linear", "mel", "pictures"));
      EXPECT_EQ(run.at("stages").at("decode"), run.at("decode_s"));
      EXPECT_GT(run.at("stages").at("stft"), 0.0);
    }
  }
  EXPECT_GT(document.at("total_s"), document.at("files").at(0).at("total_s"));
  EXPECT_GT(document.at("peak_rss_mib"), 10.0);
  ASSERT_EQ(document.at("jobs").size(), 2);
  EXPECT_EQ(document.at("jobs").at(0).at("speedup"), 1.0);
  EXPECT_EQ(document.at("jobs").at(1).at("jobs"), 2);
  EXPECT_EQ(document.at("jobs").at(1).at("songs"), 8);
  EXPECT_GT(document.at("jobs").at(1).at("speedup"), 0.0);

  const Result table = gamut({"bench", "extract", "a.mp3", "--runs", "1"});
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_THAT(table.out, testing::AllOf(HasSubstr("a.mp3: 3.0 s at 22050 Hz"), HasSubstr("pictures"),
                                        HasSubstr("total"), Not(HasSubstr("side by side"))));
  EXPECT_EQ(gamut({"bench", "extract", "none.mp3"}).code, 1);
  EXPECT_EQ(gamut({"bench"}).code, 2);
  EXPECT_EQ(gamut({"bench", "extract", "a.mp3", "--runs", "0"}).code, 2);
}

TEST_F(Cli, BenchTrainMeasuresEveryPart) {
  const Result result = gamut({"bench", "train", "--architecture", "resnet18", "--pictures", "8", "--batch",
                               "4", "--input-size", "32", "--runs", "2", "--networks", "2", "--json"});
  ASSERT_EQ(result.code, 0) << result.err;
  const Json figures = Json::parse(result.out).at("architectures").at("resnet18");
  for (const char* part :
       {"side_by_side", "one_network", "frozen_stages", "inference_eager", "inference_folded"}) {
    ASSERT_EQ(figures.at(part).at("runs").size(), 2) << part;
    const auto runs = figures.at(part).at("runs").get<std::vector<double>>();
    EXPECT_NEAR(figures.at(part).at("images_per_second").get<double>(), (runs[0] + runs[1]) / 2, 1e-6)
        << part;
  }
  EXPECT_EQ(figures.at("activations_kb_a_picture"), 256 * 2 * 2 * 4 * 1e-3);
  EXPECT_GT(figures.at("data_path_percent"), 0.0);
  EXPECT_GT(figures.at("heads_speedup"), 0.0);
  EXPECT_EQ(gamut({"bench", "train", "--architecture", "alexnet"}).code, 2);
}

TEST_F(Cli, PaperLibraryGivesTheAuthorsCounts) {
  const std::filesystem::path songs = test::test_data("paper/songs.csv");
  GAMUT_REQUIRE_FILE(songs);
  EXPECT_EQ(gamut({"import", songs.string(), "--no-check-files"}).code, 0);
  const Json genres = Json::parse(gamut({"genres", "--json"}).out);
  EXPECT_EQ(genres.at("songs"), 18168);
  EXPECT_EQ(genres.at("without_genre"), 267);
  EXPECT_EQ(genres.at("genres").at(0).at("genre"), "Hip-Hop");
  EXPECT_EQ(genres.at("genres").at(0).at("songs"), 5631);
  EXPECT_EQ(genres.at("genres").at(15).at("genre"), "Jazz");
  EXPECT_EQ(genres.at("genres").at(15).at("songs"), 278);
  write("grouped.toml", "name = \"grouped\"\n[data]\ngroup_by = \"album\"\n");
  const Result split = gamut({"split", "grouped.toml", "-o", "split.csv"});
  EXPECT_EQ(split.code, 0);
  EXPECT_THAT(split.out, HasSubstr("albums in more than one part: 0"));
}

}  // namespace
}  // namespace gamut
