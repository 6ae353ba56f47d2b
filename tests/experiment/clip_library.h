#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gamut/audio/encode.h"
#include "gamut/catalogue/catalogue.h"
#include "gamut/core/files.h"
#include "gamut/core/random.h"
#include "gamut/experiment/run.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/network.h"
#include "tests/support/test_data.h"

namespace gamut::experiment {

using catalogue::Catalogue;
using catalogue::Song;

/// A library of one-second clips: "Tones" are sines, "Noise" is noise, and every third album is both at once.
class RunTest : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<Song> songs;
    for (int album = 0; album < 9; ++album) {
      for (int track = 0; track < 4; ++track) songs.push_back(make_song(album, track));
    }
    put(songs);
  }

  Song make_song(int album, int track) {
    Random random(7, std::to_string(album) + "/" + std::to_string(track));
    const bool tones = album % 3 != 1;
    const bool noise = album % 3 != 0;
    const double step = random.uniform(0.05, 0.5);
    std::vector<float> samples(22050);
    for (std::size_t t = 0; t < samples.size(); ++t) {
      samples[t] = static_cast<float>((tones ? 0.4 * std::sin(step * static_cast<double>(t)) : 0.0) +
                                      (noise ? 0.1 * random.normal() : 0.0));
    }
    Song song;
    song.name = "album " + std::to_string(album) + "/" + std::to_string(track) + ".flac";
    song.path = workspace_ / song.name;
    song.album = "Album " + std::to_string(album);
    song.artist = "Artist " + std::to_string(album / 2);
    if (tones) song.genres.push_back("Tones");
    if (noise) song.genres.push_back("Noise & Hiss");
    std::filesystem::create_directories(song.path.parent_path());
    audio::encode(song.path, samples, 22050);
    return song;
  }

  void put(const std::vector<Song>& songs) {
    Catalogue library(workspace_.path());
    catalogue::ImportReport report;
    library.put_songs(songs, report);
  }

  ExperimentConfig config(const std::string& text = "") {
    save_atomically(workspace_ / "trial.toml",
                    "name = \"trial\"\n[data]\ntest = 0.3\nvalidation = 0.3\n"
                    "[spectrogram]\npicture_size = 32\n[training]\nepochs = 1\nbatch = 8\n"
                    "input_size = 0\n" +
                        text);
    return load_experiment(workspace_ / "trial.toml");
  }

  RunReport run(const ExperimentConfig& config, int jobs = 2) {
    return run_experiment(workspace_.path(), config, {.jobs = jobs, .weights = workspace_ / "weights"});
  }

  /// ImageNet weights of ResNet-18, or what passes for them: random ones with `weight` as the first.
  void save_weights(double weight) {
    const models::Network network = models::make_network("resnet18", 1000, 1);
    {
      const torch::NoGradGuard no_grad;
      network->named_parameters()["conv1.weight"].flatten()[0] = weight;
    }
    std::filesystem::create_directories(workspace_ / "weights");
    models::save_checkpoint(*network, workspace_ / "weights/resnet18.safetensors", {});
  }

  test::TemporaryDirectory workspace_;
};

}  // namespace gamut::experiment
