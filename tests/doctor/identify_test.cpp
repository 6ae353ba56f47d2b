#include "gamut/doctor/identify.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "gamut/core/files.h"
#include "tests/doctor/music.h"

namespace gamut::doctor {
namespace {

using catalogue::AudioIdentity;
using catalogue::Catalogue;
using gamut::test::TemporaryDirectory;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class IdentifySongs : public testing::Test {
 protected:
  std::vector<std::filesystem::path> write_songs(std::size_t count, double seconds) {
    std::vector<std::filesystem::path> paths;
    const std::vector<demo::Samples> songs = test::compose(count, seconds);
    for (std::size_t i = 0; i < count; ++i) {
      paths.push_back(folder_ / (std::to_string(i) + ".flac"));
      test::write(paths.back(), songs[i]);
    }
    return paths;
  }

  TemporaryDirectory folder_;
};

TEST_F(IdentifySongs, ASecondTimeOnlyChangedFilesAreRead) {
  Catalogue library(folder_.path());
  const auto songs = test::put_library(library, write_songs(3, 4));
  const IdentifyReport first = identify_songs(library, songs, 2);
  EXPECT_EQ(first.computed, 3);
  const IdentifyReport second = identify_songs(library, songs, 2);
  EXPECT_EQ(second.computed, 0);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    EXPECT_EQ(second.identities[i].content, first.identities[i].content);
    EXPECT_EQ(second.identities[i].fingerprint, first.identities[i].fingerprint);
  }
  test::write(songs[1].path, test::compose(1, 5)[0]);
  const IdentifyReport third = identify_songs(library, songs, 2);
  EXPECT_EQ(third.computed, 1);
  EXPECT_NE(third.identities[1].content, first.identities[1].content);
}

TEST_F(IdentifySongs, AnotherMethodIsNotBelieved) {
  Catalogue library(folder_.path());
  const auto songs = test::put_library(library, write_songs(1, 4));
  AudioIdentity old = identify_songs(library, songs, 1).identities[0];
  old.method = "Chromaprint 0.1";
  old.content = "old";
  library.put_audio_identities({old});
  const IdentifyReport report = identify_songs(library, songs, 1);
  EXPECT_EQ(report.computed, 1);
  EXPECT_NE(report.identities[0].content, "old");
}

TEST_F(IdentifySongs, MissingAndDamagedFilesAreListedAndTheRestIsDone) {
  Catalogue library(folder_.path());
  auto paths = write_songs(1, 4);
  paths.push_back(folder_ / "absent.flac");
  paths.push_back(folder_ / "damaged.mp3");
  paths.push_back(folder_ / "folder.mp3");
  save_atomically(paths[2], "no music at all");
  std::filesystem::create_directory(paths[3]);
  const auto songs = test::put_library(library, paths);
  for (int round = 0; round < 2; ++round) {
    const IdentifyReport report = identify_songs(library, songs, 1);
    EXPECT_THAT(report.missing, ElementsAre(1u));
    EXPECT_THAT(report.failed, ElementsAre(2u, 3u));
    EXPECT_EQ(report.identities[0].outcome, Outcome::ok);
    EXPECT_EQ(report.computed, round == 0 ? 3 : 1);  // the folder may be a file another day
  }
  EXPECT_EQ(identify_songs(library, songs, 1, true).computed, 2);
  test::write(paths[2], test::compose(1, 5)[0]);
  const IdentifyReport mended = identify_songs(library, songs, 1);
  EXPECT_THAT(mended.failed, ElementsAre(3u));
  EXPECT_NE(mended.identities[2].content, "");
}

TEST_F(IdentifySongs, GoesOnAfterAKill) {
  constexpr std::size_t kSongs = 50;
  // One long song under many names: what is tested is the record, not the music.
  const std::filesystem::path master = folder_ / "master.flac";
  test::write(master, test::compose(1, 60)[0]);
  std::vector<std::filesystem::path> paths;
  for (std::size_t i = 0; i < kSongs; ++i) {
    paths.push_back(folder_ / ("copy" + std::to_string(i) + ".flac"));
    std::filesystem::create_hard_link(master, paths.back());
  }
  const auto recorded = [&] { return Catalogue(folder_.path()).audio_identities().size(); };
  std::vector<catalogue::Song> songs;
  {
    Catalogue library(folder_.path());
    songs = test::put_library(library, paths);
  }
  const pid_t child = fork();
  if (child == 0) {
    Catalogue library(folder_.path());
    identify_songs(library, songs, 1);
    _exit(0);
  }
  while (recorded() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it was done before it could be killed";

  const std::size_t kept = recorded();
  EXPECT_GT(kept, 0u);
  EXPECT_LT(kept, kSongs);
  Catalogue library(folder_.path());
  const IdentifyReport report = identify_songs(library, songs, 2);
  EXPECT_EQ(report.computed, static_cast<std::int64_t>(kSongs - kept));
  for (const AudioIdentity& identity : report.identities) {
    EXPECT_EQ(identity.content, report.identities.front().content);
    EXPECT_EQ(identity.fingerprint, report.identities.front().fingerprint);
  }
}

}  // namespace
}  // namespace gamut::doctor
