// A run that is killed again and again ends with the bytes of one that was left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <map>
#include <thread>

#include "gamut/audio/encode.h"
#include "gamut/core/random.h"
#include "tests/cli/program_test.h"

namespace gamut {
namespace {

class SlowKill : public test::ProgramTest {
 protected:
  void make_library() {
    std::string csv = "path,artist,album,genres\n";
    Random random(3);
    for (int song = 0; song < 24; ++song) {
      const bool tone = song % 2 == 0;
      std::vector<float> samples(22050);
      for (std::size_t t = 0; t < samples.size(); ++t) {
        samples[t] = static_cast<float>(tone ? 0.4 * std::sin(0.01 * (song + 3) * static_cast<double>(t))
                                             : 0.1 * random.normal());
      }
      const std::string name = std::to_string(song) + ".flac";
      audio::encode(directory_ / name, samples, 22050);
      csv += name + ",Artist " + std::to_string(song / 2) + ",Album " + std::to_string(song / 2) + "," +
             (tone ? "Tones" : "Noise") + "\n";
    }
    write("songs.csv", csv);
    write("trial.toml",
          "[data]\ntest = 0.25\nvalidation = 0.25\n[spectrogram]\nscales = [\"mel\"]\npicture_size = 64\n"
          "[training]\nepochs = 12\npatience = 0\nbatch = 4\ninput_size = 0\nschedule = \"cosine\"\n");
  }

  /// Starts a run in its own process group and kills it after so many seconds.
  /// @return whether it had ended by itself before.
  bool run_and_kill(double seconds) {
    const pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0);
      dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
      dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
      if (chdir(directory_.path().c_str()) == 0) {
        execl(GAMUT_PROGRAM, GAMUT_PROGRAM, "--workspace", "killed", "run", "trial.toml", "--jobs", "2",
              "--checkpoint-every", "0", nullptr);
      }
      _exit(127);
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status);
  }

  /// What a write past the limit gets is what a full disk gives: an error.
  static void limit_files(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  }

  /// Every file that a run leaves under cells/, but for what holds seconds.
  std::map<std::string, std::string> cell_files(const std::string& workspace) {
    std::map<std::string, std::string> files;
    const std::filesystem::path cells = directory_ / workspace / "runs" / "trial" / "cells";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(cells)) {
      const std::string name = entry.path().filename().string();
      const bool has_seconds = name == "cell.json" || name == "history.csv";
      if (!entry.is_regular_file() || has_seconds || name == ".lock") continue;
      files[entry.path().lexically_relative(cells).string()] = load_text(entry.path());
    }
    return files;
  }
};

TEST_F(SlowKill, AtRandomMomentsEndsWithTheBytesOfAnUndisturbedRun) {
  make_library();
  for (const char* workspace : {"killed", "undisturbed"}) {
    ASSERT_EQ(gamut({"--workspace", workspace, "import", "songs.csv"}).code, 0);
  }
  ASSERT_EQ(gamut({"--workspace", "undisturbed", "run", "trial.toml", "--jobs", "1"}).code, 0);
  Random random(11);
  int n_kills = 0;
  // The first come before any machine could be done.
  while (n_kills < 12 && !run_and_kill(random.uniform(0.3, n_kills < 3 ? 1 : 3))) ++n_kills;
  EXPECT_GE(n_kills, 3) << "the run is too short to be killed";
  const test::Result last = gamut({"--workspace", "killed", "run", "trial.toml", "--jobs", "2"});
  ASSERT_EQ(last.code, 0) << last.err;
  const auto killed = cell_files("killed");
  const auto undisturbed = cell_files("undisturbed");
  EXPECT_EQ(killed.size(), undisturbed.size()) << "something that a kill left behind";
  ASSERT_EQ(undisturbed.size(), 4u);  // two networks: weights and scores
  for (const auto& [name, bytes] : undisturbed)
    EXPECT_TRUE(killed.contains(name) && killed.at(name) == bytes) << name;
  EXPECT_EQ(load_text(directory_ / "killed/runs/trial/results.csv"),
            load_text(directory_ / "undisturbed/runs/trial/results.csv"));
}

TEST_F(SlowKill, AFullDiskIsSaidAndTheSameCommandThenCompletes) {
  make_library();
  for (const char* workspace : {"full", "undisturbed"}) {
    ASSERT_EQ(gamut({"--workspace", workspace, "import", "songs.csv"}).code, 0);
  }
  ASSERT_EQ(gamut({"--workspace", "undisturbed", "run", "trial.toml"}).code, 0);
  limit_files(20'000'000);  // a checkpoint takes 45 MB
  const test::Result cut = gamut({"--workspace", "full", "run", "trial.toml"});
  limit_files(RLIM_INFINITY);
  EXPECT_EQ(cut.code, 1);
  EXPECT_THAT(cut.err, testing::AllOf(testing::HasSubstr("cannot write "), testing::HasSubstr("/cells/")));
  ASSERT_EQ(gamut({"--workspace", "full", "run", "trial.toml"}).code, 0);
  EXPECT_TRUE(cell_files("full") == cell_files("undisturbed"));
}

}  // namespace
}  // namespace gamut
