// Every container: what is written reads back, by ffprobe and by the importer's reader; nothing else changes.
#include <gmock/gmock.h>

#include "gamut/audio/packet_hash.h"
#include "gamut/core/files.h"
#include "gamut/tags/tags.h"
#include "gamut/tags/write_tags.h"
#include "tests/tags/tagged_music.h"

namespace gamut::tags {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const WriteOptions kOptions{.keep_mtime = false, .audio_hash = audio::hash_packets};

struct Format {
  std::string extension;
  std::string codec;   ///< arguments of ffmpeg
  std::string probed;  ///< how ffprobe shows the genres Rock and Jazz
  std::string raw;     ///< how they stand in the file
};

void PrintTo(const Format& format, std::ostream* stream) {
  *stream << format.extension;
}

class WriteFormats : public testing::TestWithParam<Format> {
 protected:
  FileResult write(const std::filesystem::path& file, const Proposal& proposal,
                   const PlanOptions& options = {}) {
    Journal journal(folder_ / "journal.jsonl");
    return write_tags(plan_tags(file, proposal, options), journal, kOptions);
  }
  std::filesystem::path music(const std::string& more = "") {
    return test::make_music(folder_ / ("song" + GetParam().extension), GetParam().codec + " " + more);
  }

  /// ASF keeps several values in no order.
  static testing::Matcher<std::vector<std::string>> in_order(const std::vector<std::string>& genres) {
    if (GetParam().extension == ".wma") return testing::UnorderedElementsAreArray(genres);
    return testing::ElementsAreArray(genres);
  }

  gamut::test::TemporaryDirectory folder_;
  const Proposal rock_and_jazz_{.genres = {"Rock", "Jazz"}, .scores = {{"Rock", 0.9314}, {"Jazz", 0.7}}};
};

TEST_P(WriteFormats, GenresAndScoresReadBackAndTheRestIsAsItWas) {
  const auto file = music();
  const auto tags_before = test::probed_tags(file);
  const std::string audio_before = test::decoded_hash(file);
  const FileResult result = write(file, rock_and_jazz_);
  ASSERT_EQ(result.outcome, WriteOutcome::written) << result.reason;
  EXPECT_THAT(result.notes, IsEmpty());
  EXPECT_THAT(load_tags(file).genres, in_order({"Rock", "Jazz"}));
  auto tags_after = test::probed_tags(file);
  EXPECT_EQ(tags_after["genre"], GetParam().probed);
  // FFmpeg reads no ID3v2 in WAV.
  if (GetParam().extension != ".wav") {
    EXPECT_EQ(tags_after["gamut_scores"], "Rock=0.931;Jazz=0.700");
  }
  EXPECT_EQ(load_genre_fields(file)[0].scores, "Rock=0.931;Jazz=0.700");
  EXPECT_THAT(load_text(file), HasSubstr(GetParam().raw));
  for (const auto& [name, value] : tags_before) EXPECT_EQ(tags_after[name], value) << name;
  EXPECT_EQ(test::decoded_hash(file), audio_before);
  EXPECT_EQ(write(file, rock_and_jazz_).outcome, WriteOutcome::unchanged);
}

TEST_P(WriteFormats, PresentGenresStayUnlessOverwritten) {
  const auto file = music("-metadata genre=Ska");
  ASSERT_EQ(write(file, rock_and_jazz_).outcome, WriteOutcome::written);
  EXPECT_THAT(load_tags(file).genres, in_order({"Ska", "Rock", "Jazz"}));
  ASSERT_EQ(write(file, {.genres = {"Dub"}, .scores = {}}, {.overwrite = true}).outcome,
            WriteOutcome::written);
  EXPECT_THAT(load_tags(file).genres, ElementsAre("Dub"));
}

TEST_P(WriteFormats, JoinedGenresAreOneValue) {
  const auto file = music();
  ASSERT_EQ(write(file, rock_and_jazz_, {.join = "; "}).outcome, WriteOutcome::written);
  EXPECT_THAT(load_tags(file).genres, ElementsAre("Rock; Jazz"));
  EXPECT_EQ(test::probed_tags(file)["genre"], "Rock; Jazz");
  EXPECT_EQ(write(file, rock_and_jazz_, {.join = "; "}).outcome, WriteOutcome::unchanged);
}

TEST_P(WriteFormats, UndoGivesTheOldFieldsBack) {
  for (const std::string genre : {"", "-metadata genre=Ska"}) {
    const auto file = music(genre);
    const auto fields_before = load_genre_fields(file);
    const auto tags_before = test::probed_tags(file);
    const std::string audio_before = test::decoded_hash(file);
    ASSERT_EQ(write(file, rock_and_jazz_).outcome, WriteOutcome::written);
    std::vector<FileResult> results;
    undo_tags({folder_ / "journal.jsonl"}, kOptions,
              [&](const FileResult& result) { results.push_back(result); });
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].outcome, WriteOutcome::written) << results[0].reason;
    EXPECT_EQ(load_genre_fields(file), fields_before);
    EXPECT_EQ(test::probed_tags(file), tags_before);
    EXPECT_EQ(test::decoded_hash(file), audio_before);
    std::filesystem::remove(folder_ / "journal.jsonl");
  }
}

std::string nul_list() {
  return {"Rock\0Jazz", 9};
}

/// Two data boxes of MP4 with UTF-8 text.
std::string data_boxes() {
  const std::string head(
      "\0\0\0\x14"
      "data\0\0\0\1\0\0\0\0",
      16);
  return head + "Rock" + head + "Jazz";
}

// Where a list has one value a field or NUL between values, FFmpeg may show the first alone.
INSTANTIATE_TEST_SUITE_P(Containers, WriteFormats,
                         testing::Values(Format{".mp3", "-c:a libmp3lame -b:a 64k", "Rock", nul_list()},
                                         Format{".flac", "-c:a flac", "Rock;Jazz", "GENRE=Rock"},
                                         Format{".ogg", "-c:a libvorbis", "Rock;Jazz", "GENRE=Jazz"},
                                         Format{".opus", "-c:a libopus", "Rock;Jazz", "GENRE=Jazz"},
                                         Format{".spx", "-c:a libspeex", "Rock;Jazz", "GENRE=Jazz"},
                                         Format{".oga", "-c:a flac -f ogg", "Rock;Jazz", "GENRE=Jazz"},
                                         Format{".m4a", "-c:a aac", "Rock", data_boxes()},
                                         Format{".mp4", "-strict -2 -c:a flac -movflags +faststart", "Rock",
                                                data_boxes()},
                                         Format{".wav", "-c:a pcm_s16le", "Rock; Jazz", nul_list()},
                                         Format{".aiff", "-c:a pcm_s16be -write_id3v2 1", "Rock", nul_list()},
                                         Format{".wv", "-c:a wavpack", "Rock", nul_list()},
                                         Format{".wma", "-c:a wmav2", "Rock", "G\0e\0n\0r\0e"}),
                         [](const auto& info) { return info.param.extension.substr(1); });

}  // namespace
}  // namespace gamut::tags
