#include "gamut/experiment/slurm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::experiment {
namespace {

using testing::HasSubstr;

/// Standard output of a command of /bin/sh; its exit code must be 0.
std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return text;
}

TEST(Slurm, AWordComesOutOfTheShellAsItWentIn) {
  for (const std::string text :
       {"plain", "", "two words", "it's", "$HOME `id` \"x\" \\ ;&|", "line\nbreak", "「songs」"}) {
    EXPECT_EQ(output_of("printf %s " + shell_word(text)), text);
  }
}

TEST(Slurm, TheScriptIsBashAndChainsItsJobs) {
  const test::TemporaryDirectory directory;
  const std::string script = make_slurm_script({.run = "it's mine",
                                                .tasks = 12,
                                                .program = "/opt/my programs/gamut",
                                                .workspace = "/data/music",
                                                .experiment = "/data/mine.toml",
                                                .arguments = {"--set", "data.genres=[\"R&B\"]"},
                                                .sbatch_options = {"--partition=long"}});
  save_atomically(directory / "slurm.sh", script);
  output_of("bash -n " + shell_word((directory / "slurm.sh").string()));
  EXPECT_THAT(script, HasSubstr("--array=1-12"));
  EXPECT_THAT(script, HasSubstr("--shard \"$SLURM_ARRAY_TASK_ID/12\""));
  EXPECT_THAT(script, HasSubstr("--dependency=\"afterok:${pictures%%;*}\""));
  EXPECT_THAT(script, HasSubstr("--dependency=\"afterany:${networks%%;*}\""));
  EXPECT_THAT(script, HasSubstr("--requeue"));
  EXPECT_THAT(script, HasSubstr("'/opt/my programs/gamut' --workspace /data/music run /data/mine.toml --set "
                                "'data.genres=[\"R&B\"]'"));
  EXPECT_THAT(script, HasSubstr("--partition=long"));
}

TEST(Slurm, RefusesAnArrayWithoutTasks) {
  SlurmOptions options;
  options.tasks = 0;
  EXPECT_THROW(make_slurm_script(options), ParameterError);
}

}  // namespace
}  // namespace gamut::experiment
