// Extraction beside another process, and on a disk that is full.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <functional>
#include <thread>

#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/features/extractor.h"
#include "gamut/features/picture_store.h"
#include "tests/support/test_data.h"

namespace gamut::features {
namespace {

using catalogue::Catalogue;
using catalogue::Song;
using testing::HasSubstr;

constexpr int kSongs = 12;

/// A workspace with a library of short tones of its own.
class Workspace {
 public:
  Workspace() {
    std::vector<Song> songs;
    for (int i = 0; i < kSongs; ++i) {
      std::vector<float> tone(22050 * 3);
      for (std::size_t t = 0; t < tone.size(); ++t) {
        tone[t] = 0.5f * std::sin(0.02f * static_cast<float>(i + 1) * static_cast<float>(t));
      }
      Song song;
      song.name = std::to_string(i) + ".flac";
      song.path = directory_ / song.name;
      audio::encode(song.path, tone, 22050);
      songs.push_back(song);
    }
    Catalogue library(directory_.path());
    catalogue::ImportReport report;
    library.put_songs(songs, report);
  }

  ExtractReport extract_all(int jobs = 1) const {
    Catalogue library(directory_.path());
    return extract(library, directory_.path(), {.front_ends = {front_end_}, .jobs = jobs});
  }

  std::filesystem::path store_folder() const {
    return picture_directory(directory_.path(), spectra::picture_set_name(front_end_));
  }
  std::string store_bytes() const { return load_text(store_folder() / "pictures.npy"); }

  /// Every song has a row, and the row has the bytes that were recorded.
  void expect_sound() const {
    Catalogue library(directory_.path());
    const std::int64_t set =
        library.picture_set(spectra::picture_set_name(front_end_), set_specification(front_end_));
    const std::vector<catalogue::PictureRecord> records = library.picture_records(set);
    const PictureStore store(store_folder());
    EXPECT_EQ(records.size(), std::size_t{kSongs});
    EXPECT_EQ(store.rows(), std::size_t{kSongs});
    for (const catalogue::PictureRecord& record : records) {
      ASSERT_TRUE(record.row);
      EXPECT_EQ(store.checksum(static_cast<std::size_t>(*record.row)), record.checksum);
    }
  }

 private:
  test::TemporaryDirectory directory_;
  spectra::FrontEndOptions front_end_;
};

/// Another process that extracts, and tells how that ended.
class Extraction {
 public:
  /// @param prepare  what the process does before.
  explicit Extraction(
      const Workspace& workspace, const std::function<void()>& prepare = [] {}, int jobs = 1) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    process_ = ::fork();
    if (process_ == 0) {
      std::string complaint;
      try {
        prepare();
        workspace.extract_all(jobs);
      } catch (const FileError& error) {
        complaint = error.what();
      } catch (const std::exception& error) {
        complaint = std::string("no FileError: ") + error.what();
      }
      const ssize_t written = ::write(ends[1], complaint.data(), complaint.size());
      ::_exit(written == static_cast<ssize_t>(complaint.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~Extraction() {
    ::close(output_);
    if (process_ > 0) finish();
  }
  Extraction(const Extraction&) = delete;
  Extraction& operator=(const Extraction&) = delete;

  pid_t process() const { return process_; }

  /// What the FileError said, once the process has ended; empty where there was none.
  std::string complaint() {
    std::string text(4096, '\0');
    const ssize_t size = ::read(output_, text.data(), text.size());
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, size)));
    EXPECT_EQ(finish(), 0);
    return text;
  }

 private:
  int finish() {
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return status;
  }

  pid_t process_ = -1;
  int output_ = -1;
};

TEST(Adversity, TheSecondProcessSaysSoAndTheFirstCompletes) {
  const Workspace workspace;
  workspace.extract_all();
  const std::string undisturbed = workspace.store_bytes();
  const Workspace shared;
  Extraction first(shared);
  // Its store is made under its lock; it is then held where it is.
  while (!std::filesystem::exists(shared.store_folder() / "pictures.npy")) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ::kill(first.process(), SIGSTOP);
  Extraction second(shared);
  EXPECT_THAT(second.complaint(), HasSubstr("another process is extracting pictures in this workspace"));
  ::kill(first.process(), SIGCONT);
  EXPECT_EQ(first.complaint(), "");
  EXPECT_EQ(shared.store_bytes(), undisturbed);
  shared.expect_sound();
  EXPECT_EQ(shared.extract_all().computed, 0);
}

TEST(Adversity, AFullDiskIsSaidAndTheSameCommandThenCompletes) {
  const Workspace workspace;
  workspace.extract_all();
  const std::string undisturbed = workspace.store_bytes();
  // The write fails that takes a file past the limit: of the catalogue, or of the pictures.
  for (const auto& [limit_bytes, jobs] : {std::pair<rlim_t, int>{2'000, 1}, {100'000, 1}, {400'000, 4}}) {
    const Workspace full;
    const auto fill_disk = [limit_bytes = limit_bytes] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{limit_bytes, limit_bytes};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("setrlimit");
    };
    Extraction cut(full, fill_disk, jobs);
    const std::string complaint = cut.complaint();
    EXPECT_THAT(complaint, testing::StartsWith("cannot write ")) << limit_bytes;
    EXPECT_THAT(complaint, HasSubstr("once there is room")) << limit_bytes;
    EXPECT_EQ(full.extract_all().failed(), 0) << limit_bytes;
    EXPECT_EQ(full.store_bytes(), undisturbed) << limit_bytes;
    full.expect_sound();
  }
}

}  // namespace
}  // namespace gamut::features
