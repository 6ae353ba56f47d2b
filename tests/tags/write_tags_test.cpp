// What happens to a file and around it: links, rights, times, crashes, undo.
#include "gamut/tags/write_tags.h"

#include <apetag.h>
#include <gmock/gmock.h>
#include <id3v1tag.h>
#include <id3v2tag.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <mpegfile.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <tpropertymap.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <future>
#include <thread>

#include "gamut/audio/encode.h"
#include "gamut/audio/packet_hash.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/random.h"
#include "gamut/tags/replacement.h"
#include "tests/tags/tagged_music.h"

namespace gamut::tags {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const WriteOptions kOptions{.keep_mtime = false, .audio_hash = audio::hash_packets};
const Proposal kRock{.genres = {"Rock", "Jazz"}, .scores = {{"Rock", 0.9}}};

class WriteTags : public testing::Test {
 protected:
  fs::path music(const std::string& name, const std::string& genre = "Ska") {
    const std::vector<float> samples(11025, 0.25F);
    audio::encode(folder_ / name, samples, 22050, {.title = "Opening", .genre = genre});
    return folder_ / name;
  }
  FileResult write(const fs::path& file, const Proposal& proposal = kRock,
                   const WriteOptions& options = kOptions) {
    Journal journal(journal_);
    return write_tags(plan_tags(file, proposal), journal, options);
  }
  std::vector<FileResult> undo() {
    std::vector<FileResult> results;
    undo_tags({journal_}, kOptions, [&](const FileResult& result) { results.push_back(result); });
    return results;
  }
  static std::vector<std::string> genres(const fs::path& file) { return load_genre_fields(file)[0].genres; }
  std::vector<std::string> leftovers() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(".gamut-tag-")) names.push_back(name);
    }
    return names;
  }

  gamut::test::TemporaryDirectory folder_;
  const fs::path journal_ = folder_ / "journal.jsonl";
};

struct stat status_of(const fs::path& file) {
  struct stat status {};
  EXPECT_EQ(::lstat(file.c_str(), &status), 0);
  return status;
}

TEST_F(WriteTags, PermissionsAttributesAndOnDemandTimesAreKept) {
  const fs::path file = music("a.flac");
  fs::permissions(file, fs::perms(0640));
  const bool attributes = ::setxattr(file.c_str(), "user.rating", "5", 1, 0) == 0;
  const std::array<timespec, 2> times{timespec{1'000'000'000, 0}, timespec{1'000'000'000, 123'456'789}};
  ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0), 0);
  WriteOptions options = kOptions;
  options.keep_mtime = true;
  ASSERT_EQ(write(file, kRock, options).outcome, WriteOutcome::written);
  struct stat status = status_of(file);
  EXPECT_EQ(status.st_mode & 07777u, 0640u);
  EXPECT_EQ(status.st_mtim.tv_sec, 1'000'000'000);
  EXPECT_EQ(status.st_mtim.tv_nsec, 123'456'789);
  if (attributes) {
    char value = 0;
    EXPECT_EQ(::getxattr(file.c_str(), "user.rating", &value, 1), 1);
    EXPECT_EQ(value, '5');
  }
  ASSERT_EQ(write(file, {.genres = {"Dub"}, .scores = {}}).outcome, WriteOutcome::written);
  EXPECT_GT(status_of(file).st_mtim.tv_sec, 1'000'000'000);
}

/// Has the system refuse to set permissions in this process.
bool refuse_fchmod() {
  std::array<sock_filter, 4> program{{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                                      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fchmod, 0, 1),
                                      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                                      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}};
  const sock_fprog filter{.len = program.size(), .filter = program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

TEST_F(WriteTags, PermissionsThatCannotBeKeptAreNotedOnlyIfTheyDiffer) {
  const fs::path other = music("a.flac");
  const fs::path same = music("b.flac");
  fs::permissions(other, fs::perms(0640));
  fs::permissions(same, fs::perms(0600));  // as a copy is made
  const pid_t child = ::fork();
  if (child == 0) {
    if (!refuse_fchmod()) ::_exit(77);
    const FileResult noted = write(other);
    const bool is_noted = noted.outcome == WriteOutcome::written &&
                          noted.notes == std::vector<std::string>{"its permissions could not be kept"};
    ::_exit(is_noted && write(same).notes.empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no seccomp here";
  EXPECT_EQ(status, 0);
}

TEST_F(WriteTags, OfTwoThatReplaceAFileTheSecondSeesWhatTheFirstDid) {
  const fs::path file = music("a.flac");
  Replacement first(file), second(file);
  std::future<void> later;
  first.commit(false, [&](const std::string&) {
    later = std::async(std::launch::async, [&] { second.commit(false, [](const std::string&) {}); });
    later.wait_for(std::chrono::milliseconds(200));
  });
  EXPECT_THROW(later.get(), FileError);
}

TEST_F(WriteTags, TheOwnerIsKeptWhereTheSystemLetsIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const fs::path file = music("a.flac");
  ASSERT_EQ(::chown(file.c_str(), 1234, 2345), 0);
  ASSERT_THAT(write(file).notes, IsEmpty());
  EXPECT_EQ(status_of(file).st_uid, 1234u);
  EXPECT_EQ(status_of(file).st_gid, 2345u);
}

TEST_F(WriteTags, ASymbolicLinkStaysOneAndItsFileIsWritten) {
  const fs::path file = music("a.flac");
  fs::create_directory(folder_ / "links");
  fs::create_symlink("../a.flac", folder_ / "links/b.flac");
  ASSERT_EQ(write(folder_ / "links/b.flac").outcome, WriteOutcome::written);
  EXPECT_TRUE(fs::is_symlink(folder_ / "links/b.flac"));
  EXPECT_THAT(genres(file), ElementsAre("Ska", "Rock", "Jazz"));
}

TEST_F(WriteTags, OfSeveralHardLinksTheOtherKeepsTheOldFileAndThatIsSaid) {
  const fs::path file = music("a.flac");
  fs::create_hard_link(file, folder_ / "b.flac");
  const FileResult result = write(file);
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("one of 2 hard links")));
  EXPECT_THAT(genres(file), ElementsAre("Ska", "Rock", "Jazz"));
  EXPECT_THAT(genres(folder_ / "b.flac"), ElementsAre("Ska"));
}

TEST_F(WriteTags, WriteProtectedAndForeignFilesFailAndStayAsTheyAre) {
  const fs::path file = music("a.flac");
  fs::permissions(file, fs::perms(0444));
  const std::string before = sha256_file(file);
  const FileResult result = write(file);
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_THAT(result.reason, HasSubstr("write-protected"));
  EXPECT_EQ(sha256_file(file), before);
  EXPECT_THAT(leftovers(), IsEmpty());
  for (const std::string& content : {std::string("a text\n"), std::string(), std::string(5000, '\0')}) {
    save_atomically(folder_ / "text.mp3", content);
    EXPECT_THROW(plan_tags(folder_ / "text.mp3", kRock), FileError);
  }
  EXPECT_THROW(plan_tags(folder_ / "absent.mp3", kRock), FileError);
  EXPECT_THROW(plan_tags(folder_.path(), kRock), FileError);
}

TEST_F(WriteTags, AContainerUnderAnotherNameIsToldByItsContent) {
  music("a.flac");
  fs::rename(folder_ / "a.flac", folder_ / "a.mp3");
  ASSERT_EQ(write(folder_ / "a.mp3").outcome, WriteOutcome::written);
  EXPECT_EQ(load_genre_fields(folder_ / "a.mp3")[0].tag, "Vorbis");
}

TEST_F(WriteTags, AFileWhoseAudioWouldChangeIsLeftAlone) {
  const fs::path file = music("a.flac");
  const std::string before = sha256_file(file);
  int calls = 0;
  const WriteOptions options{.keep_mtime = false,
                             .audio_hash = [&](const fs::path&) { return std::to_string(++calls); }};
  const FileResult result = write(file, kRock, options);
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_THAT(result.reason, HasSubstr("would change its audio"));
  EXPECT_EQ(sha256_file(file), before);
  EXPECT_THAT(leftovers(), IsEmpty());
}

TEST_F(WriteTags, AFlacBlockThatWouldBeLostKeepsTheFileAsItIs) {
  const fs::path file = music("a.flac");
  const std::string whole = load_text(file);
  constexpr std::size_t kEndOfStreamInfo = 42;
  const std::string picture("\x06\0\0\x08\0\0\0\3\xff\xff\xff\xff", 12);  // whose text would be 4 GiB
  const std::string comment("\x04\0\0\x08\0\0\0\0\0\0\0\0", 12);          // a second one
  for (const std::string& block : {picture, comment}) {
    const std::string odd = whole.substr(0, kEndOfStreamInfo) + block + whole.substr(kEndOfStreamInfo);
    save_atomically(file, odd);
    const FileResult result = write(file);
    EXPECT_EQ(result.outcome, WriteOutcome::failed);
    EXPECT_THAT(result.reason, HasSubstr("would lose other tags"));
    EXPECT_EQ(load_text(file), odd);
  }
}

TEST_F(WriteTags, AFrameThatId3v24AbolishedIsNamedAndAPictureStays) {
  const fs::path file = music("a.mp3");
  {
    TagLib::MPEG::File mpeg(file.c_str());
    mpeg.strip();
  }
  const std::string frames(
      "RVAD\0\0\0\4\0\0\1\x10\0\0"
      "APIC\0\0\0\x11\0\0\0image/png\0\3\0\x89PNG",
      41);
  save_atomically(file, std::string("ID3\3\0\0\0\0\0\x29", 10) + frames + load_text(file));
  const FileResult result = write(file);
  EXPECT_EQ(result.outcome, WriteOutcome::written) << result.reason;
  EXPECT_THAT(result.notes, ElementsAre("could not be carried over: ID3v2 RVAD"));
  TagLib::MPEG::File mpeg(file.c_str());
  EXPECT_EQ(mpeg.ID3v2Tag()->frameList("APIC").size(), 1U);
}

TEST_F(WriteTags, AGenreThatMeansAnotherInId3IsRefusedThereAlone) {
  const fs::path mp3 = music("a.mp3");
  const fs::path flac = music("a.flac");
  for (const char* genre : {"17", "CR", "(Experimental) Pop"}) {
    try {
      plan_tags(mp3, {.genres = {genre}, .scores = {}});
      ADD_FAILURE() << genre;
    } catch (const FileError& error) {
      EXPECT_THAT(error.what(), HasSubstr("\" means another one in ID3v2"));
    }
    EXPECT_EQ(write(flac, {.genres = {genre}, .scores = {}}).outcome, WriteOutcome::written) << genre;
  }
}

TEST_F(WriteTags, AFaultOfTheCopyNamesTheFile) {
  const fs::path file = music("a.flac");
  const WriteOptions options{.keep_mtime = false, .audio_hash = [](const fs::path& path) -> std::string {
                               throw DecodeError("cannot decode " + path.string(), path);
                             }};
  EXPECT_EQ(write(file, kRock, options).reason, "cannot decode " + file.string());
}

TEST_F(WriteTags, AFileThatChangedMeanwhileIsLeftAlone) {
  const fs::path file = music("a.flac");
  Journal journal(journal_);
  const TagPlan plan = plan_tags(file, kRock);
  music("a.flac", "Polka");
  const FileResult result = write_tags(plan, journal, kOptions);
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_THAT(result.reason, HasSubstr("changed meanwhile"));
  EXPECT_THAT(genres(file), ElementsAre("Polka"));

  WriteOptions options = kOptions;
  options.audio_hash = [&](const fs::path& path) {
    std::ofstream(file, std::ios::app) << 'x';
    return path.empty() ? "" : "same";
  };
  const FileResult late = write_tags(plan_tags(file, kRock), journal, options);
  EXPECT_EQ(late.outcome, WriteOutcome::failed);
  EXPECT_THAT(late.reason, HasSubstr("changed while its tags were written"));
}

TEST_F(WriteTags, AFullDiskLeavesTheFileAndSaysSo) {
  const fs::path file = music("a.wav");  // 22 kB
  const std::string before = sha256_file(file);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{.rlim_cur = 10'000, .rlim_max = limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const FileResult result = write(file);
  setrlimit(RLIMIT_FSIZE, &limit);
  EXPECT_EQ(result.outcome, WriteOutcome::failed);
  EXPECT_THAT(result.reason, HasSubstr("cannot write beside"));
  EXPECT_EQ(sha256_file(file), before);
  EXPECT_THAT(leftovers(), IsEmpty());
}

TEST_F(WriteTags, AnMp3sOtherTagsAgreeAndANewTagTakesWhatTheOldOnesSay) {
  const fs::path file = music("a.mp3", "");
  {
    TagLib::MPEG::File mpeg(file.c_str());
    mpeg.strip();
    mpeg.ID3v1Tag(true)->setArtist("Somebody");
    mpeg.ID3v1Tag()->setGenre("Polka");
    mpeg.APETag(true)->setAlbum("First Light");
    mpeg.APETag()->addValue("Album Artist", "Several");
    mpeg.APETag()->setArtist("Somebody with a name that ID3v1 cuts short");
    mpeg.save(TagLib::MPEG::File::ID3v1 | TagLib::MPEG::File::APE, TagLib::File::StripNone);
  }
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  {
    TagLib::MPEG::File mpeg(file.c_str());
    ASSERT_TRUE(mpeg.hasID3v2Tag());
    EXPECT_EQ(mpeg.ID3v2Tag()->artist(), "Somebody with a name that ID3v1 cuts short");
    EXPECT_EQ(mpeg.ID3v2Tag()->album(), "First Light");
    EXPECT_EQ(mpeg.ID3v2Tag()->properties()["ALBUMARTIST"].toString(), "Several");
    EXPECT_EQ(mpeg.APETag()->itemListMap()["GENRE"].values().size(), 3u);
    EXPECT_EQ(mpeg.ID3v1Tag()->genre(), "Polka");
  }
  ASSERT_EQ(undo().at(0).outcome, WriteOutcome::written);
  TagLib::MPEG::File mpeg(file.c_str());
  EXPECT_FALSE(mpeg.hasID3v2Tag());
  EXPECT_FALSE(mpeg.APETag()->itemListMap().contains("GENRE"));
  EXPECT_EQ(mpeg.ID3v1Tag()->genre(), "Polka");
}

TEST_F(WriteTags, UndoGoesBackOverSeveralWritesAndDoesNothingTwice) {
  const fs::path file = music("a.mp3");
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  ASSERT_EQ(write(file, {.genres = {"Dub"}, .scores = {}}).outcome, WriteOutcome::written);
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::written);
  EXPECT_THAT(genres(file), ElementsAre("Ska"));
  EXPECT_EQ(load_genre_fields(file)[0].scores, "");
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::unchanged);
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::written);
  EXPECT_THAT(genres(file), ElementsAre("Ska"));
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::unchanged);
}

TEST_F(WriteTags, UndoGoesBackOverSeveralJournalsGivenInAnyOrder) {
  const fs::path file = music("a.flac");
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  {
    Journal journal(folder_ / "later.jsonl");
    ASSERT_EQ(write_tags(plan_tags(file, {.genres = {"Dub"}, .scores = {}}), journal, kOptions).outcome,
              WriteOutcome::written);
  }
  std::string later = load_text(folder_ / "later.jsonl");
  const std::string start = "\"started\":\"2";  // of the year
  later.replace(later.find(start), start.size(), "\"started\":\"3");
  save_atomically(folder_ / "later.jsonl", later);
  const auto undo_both = [&] {
    std::vector<WriteOutcome> outcomes;
    undo_tags({folder_ / "later.jsonl", journal_}, kOptions,
              [&](const FileResult& result) { outcomes.push_back(result.outcome); });
    return outcomes;
  };
  EXPECT_THAT(undo_both(), ElementsAre(WriteOutcome::written));
  EXPECT_THAT(genres(file), ElementsAre("Ska"));
  EXPECT_THAT(undo_both(), ElementsAre(WriteOutcome::unchanged));
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::unchanged);
}

TEST_F(WriteTags, UndoTakesAwayTheTagOfAFileThatHadNone) {
  const fs::path file = folder_ / "a.mp3";  // whose ID3v2 tag is empty
  audio::encode(file, std::vector<float>(11025, 0.25F), 22050);
  ASSERT_EQ(write(file, {.genres = {}, .scores = {{"Rock", 0.5}}}).outcome, WriteOutcome::written);
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::written);
  EXPECT_FALSE(load_genre_fields(file)[0].exists);
}

TEST_F(WriteTags, UndoLeavesAloneWhatChangedSinceAndReportsWhatIsGone) {
  const fs::path changed = music("a.flac");
  const fs::path gone = music("b.flac");
  ASSERT_EQ(write(changed).outcome, WriteOutcome::written);
  ASSERT_EQ(write(gone).outcome, WriteOutcome::written);
  music("a.flac", "Polka");
  fs::remove(gone);
  const std::vector<FileResult> results = undo();
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].outcome, WriteOutcome::skipped);
  EXPECT_THAT(results[0].reason, HasSubstr("changed since"));
  EXPECT_THAT(genres(changed), ElementsAre("Polka"));
  EXPECT_EQ(results[1].outcome, WriteOutcome::failed);
}

TEST_F(WriteTags, LeftoversGoUnlessALivingProcessHoldsThem) {
  save_atomically(folder_ / ".gamut-tag-1-0.tmp", "dead");
  save_atomically(folder_ / ".gamut-tag-2-0.tmp", "alive");
  save_atomically(folder_ / "mine.tmp", "no leftover");
  const int held = ::open((folder_ / ".gamut-tag-2-0.tmp").c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(held, LOCK_EX), 0);
  remove_leftovers(folder_.path());
  ::close(held);
  EXPECT_THAT(leftovers(), ElementsAre(".gamut-tag-2-0.tmp"));
  EXPECT_TRUE(fs::exists(folder_ / "mine.tmp"));
}

TEST_F(WriteTags, UndoRemovesLeftoversAndATakenNameIsNoFault) {
  const fs::path file = music("a.flac");
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  std::string next;
  {
    const Replacement replacement(file);
    const std::string name = replacement.copy().filename().string();  // .gamut-tag-<process>-<number>.tmp
    const std::size_t number = name.rfind('-') + 1;
    next = name.substr(0, number) + std::to_string(std::stoi(name.substr(number)) + 1) + ".tmp";
  }
  save_atomically(folder_ / next, "of a process that died");
  ASSERT_EQ(write(file, {.genres = {"Dub"}, .scores = {}}).outcome, WriteOutcome::written);
  EXPECT_THAT(leftovers(), ElementsAre(next));
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::written);
  EXPECT_THAT(leftovers(), IsEmpty());
}

// A kill at any moment leaves each file old or new; the journal knows each new one; undo restores them all,
// though it is killed too.
TEST_F(WriteTags, AKillAtAnyMomentLeavesEachFileOldOrNew) {
  constexpr int kFiles = 60;
  const std::array<fs::path, 2> masters{music("master.flac"), music("master.mp3")};
  std::vector<fs::path> files;
  std::vector<std::string> old_hashes, audio_hashes;
  for (int i = 0; i < kFiles; ++i) {
    const fs::path& master = masters[static_cast<std::size_t>(i % 2)];
    files.push_back(folder_ / ("song" + std::to_string(i) + master.extension().string()));
    old_hashes.push_back(sha256_file(master));
    audio_hashes.push_back(audio::hash_packets(master));
  }
  const auto make_new = [&] {
    for (std::size_t i = 0; i < files.size(); ++i) {
      fs::copy_file(masters[i % 2], files[i], fs::copy_options::overwrite_existing);
    }
  };
  // Kills a child some microseconds after it is done with so many files; how fast it works does not matter.
  auto* const done = static_cast<std::atomic<int>*>(
      ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(done, MAP_FAILED);
  Random random(5);
  const auto run_and_kill = [&](const std::function<void()>& work) {
    *done = 0;
    const pid_t child = ::fork();
    if (child == 0) {
      work();
      *done = kFiles;
      ::pause();
      ::_exit(0);
    }
    const auto enough = static_cast<int>(random.uniform(0, kFiles));
    while (*done < enough) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::duration<double>(random.uniform(0, 0.003)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
  };
  const auto tag_all = [&] {
    remove_leftovers(folder_.path());
    for (const fs::path& file : files) {
      write(file);
      ++*done;
    }
  };
  const auto undo_all = [&] { undo_tags({journal_}, kOptions, [&](const FileResult&) { ++*done; }); };
  const auto check = [&](const std::vector<std::string>& old_genres,
                         const std::vector<std::string>& genres_now) {
    int old_files = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const std::vector<std::string> found = genres(files[i]);
      EXPECT_THAT(found, testing::AnyOf(old_genres, genres_now));
      EXPECT_EQ(audio::hash_packets(files[i]), audio_hashes[i]);
      old_files += found == old_genres ? 1 : 0;
    }
    return old_files;
  };
  const std::vector<std::string> ska{"Ska"}, all{"Ska", "Rock", "Jazz"};
  int half_done = 0;
  for (int round = 0; round < 25; ++round) {
    make_new();
    run_and_kill(tag_all);
    const int old_files = check(ska, all);
    half_done += old_files > 0 && old_files < kFiles ? 1 : 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const bool is_old = genres(files[i]) == ska;
      EXPECT_EQ(is_old, sha256_file(files[i]) == old_hashes[i]) << "bytes of an old file changed";
    }
  }
  EXPECT_GT(half_done, 0) << "no kill came between two files";
  tag_all();
  EXPECT_EQ(check(ska, all), 0);
  EXPECT_THAT(leftovers(), IsEmpty());
  EXPECT_GE(load_journal(journal_).entries.size(), static_cast<std::size_t>(kFiles));
  for (int round = 0; round < 10; ++round) {
    run_and_kill(undo_all);
    check(ska, all);
  }
  undo();
  EXPECT_EQ(check(ska, all), kFiles);
  ::munmap(done, sizeof(std::atomic<int>));
}

TEST_F(WriteTags, AJournalCutShortGoesOnAndOthersAreRefused) {
  const fs::path file = music("a.flac");
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  std::ofstream(journal_, std::ios::app) << "{\"file\":\"/x";
  EXPECT_EQ(load_journal(journal_).entries.size(), 1u);
  ASSERT_EQ(write(file, {.genres = {"Dub"}, .scores = {}}).outcome, WriteOutcome::written);
  EXPECT_EQ(load_journal(journal_).entries.size(), 2u);
  {
    const Journal holder(journal_);
    EXPECT_THROW(Journal{journal_}, FileError);
  }
  save_atomically(folder_ / "mine.txt", "my text\n");
  EXPECT_THROW(Journal{folder_ / "mine.txt"}, FileError);
  EXPECT_EQ(load_text(folder_ / "mine.txt"), "my text\n");
  save_atomically(folder_ / "mine.txt", "no end of line");
  EXPECT_THROW(Journal{folder_ / "mine.txt"}, FileError);
  EXPECT_EQ(load_text(folder_ / "mine.txt"), "no end of line");
  save_atomically(folder_ / "damaged.jsonl", load_text(journal_) + "{\"file\":3}\n");
  EXPECT_THROW(load_journal(folder_ / "damaged.jsonl"), FileError);
}

TEST_F(WriteTags, APathOfAnyBytesComesBack) {
  const fs::path file = folder_ / "caf\xe9 \"x\"\n.flac";
  fs::rename(music("a.flac"), file);
  ASSERT_EQ(write(file).outcome, WriteOutcome::written);
  EXPECT_EQ(load_journal(journal_).entries.at(0).file, fs::canonical(file));
  EXPECT_EQ(undo().at(0).outcome, WriteOutcome::written);
  EXPECT_THAT(genres(file), ElementsAre("Ska"));
}

}  // namespace
}  // namespace gamut::tags
