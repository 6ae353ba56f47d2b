#pragma once

#include "gamut/experiment/export_model.h"
#include "tests/experiment/clip_library.h"

namespace gamut::server::test {

/// A model directory, of a network trained for one epoch on the pictures of one-second clips.
class ModelTest : public experiment::RunTest {
 protected:
  void SetUp() override {
    RunTest::SetUp();
    save_atomically(
        workspace_ / "trial.toml",
        "name = \"trial\"\n[data]\ntest = 0.3\nvalidation = 0.3\n[spectrogram]\nscales = [\"mel\"]\n"
        "picture_size = 32\n[training]\nstrategy = \"multi-label\"\nepochs = 1\nbatch = 8\ninput_size = 0\n");
    const auto report = run(experiment::load_experiment(workspace_ / "trial.toml"));
    experiment::export_model(report.directory, {}, model_);
  }

  const std::filesystem::path model_ = workspace_ / "model";
};

}  // namespace gamut::server::test
