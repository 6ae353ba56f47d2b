#include "gamut/tagging/sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::tagging {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> names(const std::vector<Source>& sources) {
  std::vector<std::string> names;
  for (const Source& source : sources) names.push_back(source.name);
  return names;
}

TEST(Sources, AFolderIsItsAudioFilesHoweverDeep) {
  const test::TemporaryDirectory folder;
  for (const char* name : {"b.mp3", "a/x.flac", "a/deep/y.ogg", "notes.txt", ".hidden.mp3"}) {
    save_atomically(folder / name, "x");
  }
  const std::vector<std::string> arguments{folder.path().string()};
  EXPECT_THAT(names(list_sources(arguments)),
              ElementsAre(folder / "a/deep/y.ogg", folder / "a/x.flac", folder / "b.mp3"));
}

TEST(Sources, AnEmptyFolderAndAMissingFileAreFaults) {
  const test::TemporaryDirectory folder;
  const std::vector<std::string> arguments{folder.path().string(), folder / "gone.mp3"};
  const std::vector<Source> sources = list_sources(arguments);
  ASSERT_EQ(sources.size(), 2u);
  EXPECT_THAT(sources[0].fault, HasSubstr("no audio file in"));
  EXPECT_THAT(sources[1].fault, HasSubstr("no such file"));
}

TEST(Sources, APlaylistCountsFromItsOwnFolderAndReadsNothingElsewhere) {
  const test::TemporaryDirectory folder;
  save_atomically(folder / "music/one.mp3", "x");
  save_atomically(
      folder / "lists/mine.M3U8",
      "\xEF\xBB\xBF#EXTM3U\r\n#EXTINF:1,One\r\n../music/one.mp3\r\n\r\nhttp://example.org/a.mp3\r\n" +
          (folder / "music/one.mp3").string() + "\r\ngone.mp3\r\n");
  const std::vector<std::string> arguments{folder / "lists/mine.M3U8"};
  const std::vector<Source> sources = list_sources(arguments);
  ASSERT_EQ(sources.size(), 4u);
  EXPECT_EQ(sources[0].file, folder / "lists/../music/one.mp3");
  EXPECT_EQ(sources[0].fault, "");
  EXPECT_THAT(sources[1].fault,
              HasSubstr("only files on this machine are read, not http://example.org/a.mp3"));
  EXPECT_EQ(sources[2].file, folder / "music/one.mp3");
  EXPECT_THAT(sources[3].fault, HasSubstr("no such file"));
}

TEST(Sources, APlaylistMayNameFilesByTheirAddress) {
  const test::TemporaryDirectory folder;
  save_atomically(folder / "a song \xC3\xA9.mp3", "x");
  save_atomically(folder / "100%.mp3", "x");
  const std::string place = folder.path().string();
  save_atomically(folder / "mine.m3u8", "file://" + place + "/a%20song%20%c3%A9.mp3\nfile://localhost" +
                                            place + "/100%.mp3\nfile://elsewhere/a.mp3\n");
  const std::vector<Source> sources = list_sources(std::vector<std::string>{folder / "mine.m3u8"});
  ASSERT_EQ(sources.size(), 3u);
  EXPECT_EQ(sources[0].file, folder / "a song \xC3\xA9.mp3");
  EXPECT_EQ(sources[0].fault, "");
  EXPECT_EQ(sources[1].file, folder / "100%.mp3");
  EXPECT_THAT(sources[2].fault, HasSubstr("only files on this machine are read"));
}

TEST(Sources, APlaylistWithoutFilesIsAFault) {
  const test::TemporaryDirectory folder;
  save_atomically(folder / "empty.m3u", "#EXTM3U\n");
  const std::vector<std::string> arguments{folder / "empty.m3u"};
  EXPECT_THAT(list_sources(arguments).at(0).fault, HasSubstr("no file in the playlist"));
}

}  // namespace
}  // namespace gamut::tagging
