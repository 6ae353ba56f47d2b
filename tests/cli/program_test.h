#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::test {

/// What a run of the program left.
struct Result {
  int code = -1;
  std::string out, err;
};

/// Runs the program in an empty folder of its own.
class ProgramTest : public testing::Test {
 protected:
  Result gamut(std::vector<std::string> arguments) {
    const std::filesystem::path out = directory_ / "stdout.txt";
    const std::filesystem::path err = directory_ / "stderr.txt";
    arguments.insert(arguments.begin(), GAMUT_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), STDOUT_FILENO);
      dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), STDERR_FILENO);
      if (chdir(directory_.path().c_str()) == 0) execv(argv[0], argv.data());
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, load_text(out), load_text(err)};
  }

  void write(const std::string& name, const std::string& text) { save_atomically(directory_ / name, text); }

  TemporaryDirectory directory_;
};

}  // namespace gamut::test
