#include "gamut/doctor/checkup.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/features/extractor.h"
#include "tests/doctor/music.h"

namespace gamut::doctor {
namespace {

namespace fs = std::filesystem;
using catalogue::Catalogue;
using catalogue::Song;
using gamut::test::TemporaryDirectory;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class CheckupTest : public testing::Test {
 protected:
  /// Adds a song of the built-in music.
  fs::path add(const std::string& name, std::size_t song = 0, double seconds = 8) {
    return add(name, test::compose(song + 1, seconds)[song]);
  }
  fs::path add(const std::string& name, const demo::Samples& samples) {
    test::write(music_ / name, samples);
    paths_.push_back(music_ / name);
    return paths_.back();
  }

  static demo::Samples tone(double seconds, double amplitude) {
    demo::Samples samples(static_cast<std::size_t>(seconds * demo::kSampleRateHz));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      samples[i] = static_cast<float>(amplitude *
                                      std::sin(2 * std::numbers::pi * 440 * double(i) / demo::kSampleRateHz));
    }
    return samples;
  }

  Checkup check(CheckupOptions options = {}) {
    Catalogue library(workspace_.path());
    test::put_library(library, paths_);
    return check_library(library, options);
  }

  static std::vector<std::string> names(const Checkup& checkup, SongFault fault) {
    std::vector<std::string> names;
    for (const SongFinding& finding : checkup.of(fault)) names.push_back(checkup.songs[finding.song].name);
    return names;
  }

  TemporaryDirectory workspace_, folder_;
  const fs::path music_ = folder_ / "music";  // so that moved files are sought in `folder_` alone
  std::vector<fs::path> paths_;
};

TEST_F(CheckupTest, AHealthyLibraryIsSaidToBe) {
  add("a.flac", 0);
  add("b.mp3", 1);
  const Checkup checkup = check();
  EXPECT_TRUE(checkup.is_healthy()) << to_text(checkup);
  EXPECT_EQ(to_text(checkup), "2 songs looked at, 2 decoded now; nothing was found.\n");
  EXPECT_TRUE(to_json(checkup)["healthy"]);
}

TEST_F(CheckupTest, EveryFaultOfAFileIsFoundAndNoOther) {
  add("sound.flac", 0);
  const std::string whole = load_text(add("cut.mp3", 1));
  save_atomically(paths_.back(), whole.substr(0, whole.size() * 2 / 3));
  save_atomically(add("noise.mp3", 2), std::string(5000, '\xff'));
  add("silent.flac", demo::Samples(8 * demo::kSampleRateHz, 0));
  add("faint.wav", tone(8, 0.0005));
  add("quiet.wav", tone(9, 0.01));
  add("short.flac", tone(2, 0.5));
  demo::Samples loud = tone(10, 3);
  for (float& sample : loud) sample = std::clamp(sample, -1.0f, 1.0f);
  add("clipped.wav", loud);
  paths_.push_back(music_ / "gone.flac");
  const Checkup checkup = check();
  EXPECT_THAT(names(checkup, SongFault::missing), ElementsAre("gone.flac"));
  EXPECT_THAT(names(checkup, SongFault::truncated), ElementsAre("cut.mp3"));
  EXPECT_THAT(names(checkup, SongFault::unreadable), ElementsAre("noise.mp3"));
  EXPECT_THAT(names(checkup, SongFault::silent), ElementsAre("silent.flac", "faint.wav"));
  EXPECT_THAT(names(checkup, SongFault::too_short), ElementsAre("cut.mp3", "short.flac"));
  EXPECT_THAT(names(checkup, SongFault::clipped), ElementsAre("clipped.wav"));
  EXPECT_THAT(names(checkup, SongFault::wrong_length), IsEmpty());
  EXPECT_THAT(checkup.of(SongFault::silent)[0].detail, "digital silence");
  EXPECT_THAT(checkup.of(SongFault::silent)[1].detail, testing::StartsWith("-69."));
  EXPECT_THAT(checkup.of(SongFault::clipped)[0].detail,
              AllOf(HasSubstr("% of the samples at full scale"), HasSubstr("peak +0.0 dBFS")));

  const std::string text = to_text(checkup);
  EXPECT_LT(text.find("1 file is missing:\n    gone.flac: "), text.find("1 file cannot be decoded:\n"));
  EXPECT_LT(text.find("1 file cannot be decoded:\n"), text.find("2 files are silent:\n"));
  EXPECT_THAT(text, HasSubstr("Nothing was changed."));
  const Json json = to_json(checkup);
  EXPECT_FALSE(json["healthy"]);
  EXPECT_EQ(json["silent"][1]["song"], "faint.wav");
}

TEST_F(CheckupTest, ThresholdsAreTheUsers) {
  add("faint.wav", tone(8, 0.0005));
  EXPECT_THAT(names(check({.silence_dbfs = -70}), SongFault::silent), IsEmpty());
  EXPECT_THAT(names(check({.shortest_s = 8.1}), SongFault::too_short), SizeIs(1));
  EXPECT_THROW(check({.silence_dbfs = 0}), ParameterError);
  EXPECT_THROW(check({.clipped_share = 1.5}), ParameterError);
  EXPECT_THROW(check({.shortest_s = std::nan("")}), ParameterError);
}

TEST_F(CheckupTest, AFileLongerThanItDeclaresIsFound) {
  // STREAMINFO ends its number of samples with bytes 22 to 25 of the file.
  std::string flac = load_text(add("a.flac", 0));
  const std::uint32_t declared = 6 * demo::kSampleRateHz;
  for (int byte = 0; byte < 4; ++byte) {
    flac[22 + static_cast<std::size_t>(byte)] = static_cast<char>(declared >> (24 - 8 * byte));
  }
  save_atomically(paths_.back(), flac);
  const Checkup checkup = check();
  ASSERT_THAT(names(checkup, SongFault::wrong_length), ElementsAre("a.flac")) << to_text(checkup);
  EXPECT_EQ(checkup.of(SongFault::wrong_length)[0].detail, "8.00 s decoded, 6.00 s declared by the file");
  EXPECT_THAT(names(check({.length_tolerance_s = 3}), SongFault::wrong_length), IsEmpty());

  Song song = test::make_song(paths_[0]);
  song.declared_s = 217;
  catalogue::ImportReport report;
  Catalogue library(workspace_.path());
  library.put_songs({song}, report);
  EXPECT_EQ(check_library(library, {}).of(SongFault::wrong_length).at(0).detail,
            "8.00 s decoded, 6.00 s declared by the file, 217.00 s declared by the source of its import");
}

TEST_F(CheckupTest, AFileThatIsNotAsLongAsItsSourceSaysIsFound) {
  add("whole.flac", 0);
  add("cut.wav", tone(6, 0.5));
  add("unknown.wav", tone(7, 0.5));
  const std::string mp3 = load_text(add("partial.mp3", 1));
  save_atomically(paths_.back(), mp3.substr(0, mp3.size() * 2 / 3));
  std::vector<Song> songs;
  for (const fs::path& path : paths_) songs.push_back(test::make_song(path));
  songs[0].declared_s = 8.9;  // someone counts whole seconds
  songs[1].declared_s = 217;
  songs[3].declared_s = 217;
  Catalogue library(workspace_.path());
  catalogue::ImportReport report;
  library.put_songs(songs, report);
  const Checkup checkup = check_library(library, {});
  EXPECT_THAT(names(checkup, SongFault::wrong_length), ElementsAre("cut.wav")) << to_text(checkup);
  EXPECT_THAT(names(checkup, SongFault::truncated), ElementsAre("partial.mp3")) << "and of nothing else";
  const std::string detail = "6.00 s decoded, 217.00 s declared by the source of its import";
  EXPECT_THAT(to_text(checkup),
              HasSubstr("1 file is longer or shorter than declared:\n    cut.wav: " + detail + "\n"));
  EXPECT_EQ(to_json(checkup)["wrong_length"], Json::array({{{"song", "cut.wav"}, {"detail", detail}}}));
  EXPECT_THAT(names(check_library(library, {.length_tolerance_s = 300}), SongFault::wrong_length), IsEmpty());
  EXPECT_THAT(names(check_library(library, {.length_tolerance_s = 0.5}), SongFault::wrong_length),
              ElementsAre("whole.flac", "cut.wav"));
}

TEST_F(CheckupTest, AfterAnExtractNothingIsDecodedAgain) {
  add("a.flac", 0);
  const std::string whole = load_text(add("cut.mp3", 1));
  save_atomically(paths_.back(), whole.substr(0, whole.size() * 2 / 3));
  add("silent.flac", demo::Samples(8 * demo::kSampleRateHz, 0));
  Catalogue library(workspace_.path());
  test::put_library(library, paths_);
  spectra::FrontEndOptions front_end;
  front_end.picture_width = front_end.picture_height = 8;
  features::extract(library, workspace_.path(), {.front_ends = {front_end}});
  const Checkup checkup = check();
  EXPECT_EQ(checkup.decoded, 0);
  EXPECT_THAT(names(checkup, SongFault::truncated), ElementsAre("cut.mp3"));
  EXPECT_THAT(names(checkup, SongFault::silent), ElementsAre("silent.flac"));

  add("a.flac", 2);  // another song in its place
  paths_.pop_back();
  EXPECT_EQ(check().decoded, 1);
}

TEST_F(CheckupTest, CopiesAndTheirGenres) {
  const demo::Samples one = test::compose(1, 12)[0], two = test::compose(2, 12)[1];
  add("one.flac", one);
  add("one.wav", one);
  add("two.flac", two);
  add("two.mp3", two);
  Catalogue library(workspace_.path());
  std::vector<Song> songs;
  for (const fs::path& path : paths_) songs.push_back(test::make_song(path));
  songs[1].genres = {"Jazz", "Music"};
  catalogue::ImportReport report;
  library.put_songs(songs, report);
  const Checkup checkup = check_library(library, {});
  ASSERT_THAT(checkup.copies.sets, SizeIs(2));
  EXPECT_TRUE(checkup.copies.sets[0].exact);
  EXPECT_FALSE(checkup.copies.sets[1].exact);
  EXPECT_THAT(checkup.copies_with_other_genres, ElementsAre(0u));
  const std::string text = to_text(checkup);
  EXPECT_THAT(text, HasSubstr("1 recording is there under different genres:\n    one.flac: Music; one.wav: "
                              "Jazz + Music\n"));
  EXPECT_THAT(text, HasSubstr("sample by sample:\n    one.flac, one.wav\n"));
  EXPECT_THAT(text, HasSubstr("in different files:\n    two.flac, two.mp3 (bit error rate 0.0"));
  EXPECT_EQ(to_json(checkup)["copies"][0]["different_genres"], true);
  EXPECT_EQ(to_json(checkup)["copies"][1]["different_genres"], false);
}

TEST_F(CheckupTest, AlbumsContradictThemselvesWhereTwoSongsShareNoGenre) {
  const auto song = [](const std::string& name, const std::string& album, std::vector<std::string> genres) {
    Song song = test::make_song("/music/" + (album.empty() ? "Single" : album) + "/" + name);
    song.album = album;
    song.artist = "Anna";
    song.genres = std::move(genres);
    return song;
  };
  Catalogue library(workspace_.path());
  catalogue::ImportReport report;
  library.put_songs({song("1", "Split", {"Jazz"}), song("2", "Split", {"Jazz"}), song("3", "Split", {"Rock"}),
                     song("4", "Near", {"Jazz"}), song("5", "Near", {"Jazz", "Rock"}), song("6", "Near", {}),
                     song("7", "", {"Jazz"}), song("8", "", {"Rock"})},
                    report);
  const Checkup checkup = check_library(library, {});
  ASSERT_THAT(checkup.albums, SizeIs(1));
  EXPECT_THAT(to_text(checkup),
              HasSubstr("1 album has songs without a genre in common:\n    Split by Anna: Jazz "
                        "(2), Rock (1)\n"));
  EXPECT_EQ(to_json(checkup)["contradictory_albums"][0]["genres"][1]["songs"], 1);
}

TEST_F(CheckupTest, AMovedSongIsFoundByItsSound) {
  add("old/a.flac", 0);
  add("old/sub/b.flac", 1);
  add("old/c.flac", 2);
  check();
  fs::create_directories(music_ / "new");
  fs::rename(music_ / "old" / "a.flac", music_ / "new" / "a.flac");
  fs::rename(music_ / "old" / "sub", music_ / "new" / "sub");
  fs::rename(music_ / "old" / "c.flac", music_ / "renamed.flac");
  test::write(music_ / "decoy" / "a.flac", test::compose(4, 8)[3]);
  const Checkup checkup = check();
  ASSERT_THAT(checkup.moved, SizeIs(3));
  EXPECT_EQ(checkup.moved[0].found, music_ / "new" / "a.flac");
  EXPECT_EQ(checkup.moved[1].found, music_ / "new" / "sub" / "b.flac");
  EXPECT_EQ(checkup.moved[2].found, music_ / "renamed.flac");
  EXPECT_THAT(names(checkup, SongFault::missing), IsEmpty());
  ASSERT_THAT(checkup.changes, SizeIs(2));
  EXPECT_EQ(checkup.changes[0].from, music_ / "old");
  EXPECT_EQ(checkup.changes[0].to, music_ / "new");
  EXPECT_EQ(checkup.changes[0].songs, 2u);
  EXPECT_THAT(to_text(checkup), HasSubstr("gamut doctor --fix-paths '" + (music_ / "old").string() + "=" +
                                          (music_ / "new").string() + "'   # 2 songs\n"));
  EXPECT_EQ(Catalogue(workspace_.path()).songs()[0].path, music_ / "old" / "a.flac") << "nothing is changed";
}

TEST_F(CheckupTest, MovedSongsAreSoughtWhereTheUserSays) {
  TemporaryDirectory elsewhere;
  add("a.flac", 0);
  add("b.flac", 1);
  check();
  fs::copy(music_ / "a.flac", elsewhere / "x.flac");
  fs::remove(music_ / "a.flac");
  EXPECT_THAT(names(check(), SongFault::missing), ElementsAre("a.flac"));
  const Checkup checkup = check({.look_in = {elsewhere.path()}});
  ASSERT_THAT(checkup.moved, SizeIs(1));
  EXPECT_EQ(checkup.moved[0].found, elsewhere / "x.flac");
}

TEST_F(CheckupTest, ASongThatWasImportedAgainElsewhereIsNotLost) {
  add("a.flac", 0);
  add("b.flac", 1);
  check();
  fs::rename(music_ / "a.flac", music_ / "c.flac");
  paths_.push_back(music_ / "c.flac");
  const Checkup checkup = check();
  ASSERT_THAT(checkup.moved, SizeIs(1));
  EXPECT_TRUE(checkup.moved[0].is_catalogued);
  EXPECT_THAT(checkup.changes, IsEmpty());
  EXPECT_THAT(to_text(checkup), HasSubstr("a song of the catalogue too"));
}

TEST(FolderAround, IsAboveAllSongsAndThere) {
  TemporaryDirectory folder;
  fs::create_directories(folder / "music");
  const auto songs = [&](std::vector<fs::path> paths) {
    std::vector<Song> songs;
    for (const fs::path& path : paths) songs.push_back(test::make_song(path));
    return songs;
  };
  EXPECT_EQ(folder_around({}), fs::path());
  EXPECT_EQ(folder_around(songs({folder / "music/a/1", folder / "music/ab/2"})), folder.path());
  EXPECT_EQ(folder_around(songs({folder / "music/gone/a/1", folder / "music/gone/a/2"})), folder / "music");
  EXPECT_EQ(folder_around(songs({"/usr/1", "/usr/2"})), fs::path("/usr"));
  EXPECT_EQ(folder_around(songs({"/nowhere-a/1", "/nowhere-b/2"})), fs::path());
}

}  // namespace
}  // namespace gamut::doctor
