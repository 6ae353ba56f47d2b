#include "gamut/experiment/export_neighbours.h"

#include "gamut/catalogue/split.h"
#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/npy_writer.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/experiment/frozen_parts.h"
#include "gamut/experiment/material.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/picture_input.h"
#include "gamut/tagging/neighbours.h"

namespace gamut::experiment {
namespace {

std::vector<std::size_t> training_songs(const std::filesystem::path& run, const Combination& combination,
                                        const Selection& selection) {
  const std::vector<catalogue::Part> parts =
      catalogue::load_split(split_file(run, combination.fold, combination.repeat), selection.songs);
  std::vector<std::size_t> songs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == catalogue::Part::train) songs.push_back(i);
  }
  return songs;
}

/// The mean over the song's pictures, brought to length 1.
void write_embedding(NpyFloatWriter& file, std::size_t song, const torch::Tensor& of_pictures) {
  const torch::Tensor mean = of_pictures.mean(0);
  const torch::Tensor unit = (mean / mean.norm().clamp_min(1e-12)).to(torch::kCPU).contiguous();
  const auto size = static_cast<std::size_t>(unit.numel());
  file.write(song * size, {unit.data_ptr<float>(), size});
}

}  // namespace

void save_neighbours(const std::filesystem::path& run, const ExperimentConfig& config,
                     const Combination& combination, const tagging::ModelCard& card,
                     const std::filesystem::path& directory, int jobs) {
  const std::filesystem::path workspace = std::filesystem::absolute(run / "../..").lexically_normal();
  catalogue::Catalogue library(workspace);
  const Selection selection = select_songs(library, config);
  const SongPictures pictures = open_pictures(library, workspace, card.front_end, selection.songs);
  const std::vector<std::size_t> songs = training_songs(run, combination, selection);

  std::string table = csv_row({"song", "artist", "album", "genres"});
  for (const std::size_t song : songs) {
    const catalogue::Song& known = selection.songs[song];
    table += csv_row({known.name, known.artist, known.album, join(known.genres, "; ")});
  }
  save_atomically(tagging::neighbour_songs_file(directory), table);

  const models::PictureInput input(picture_view(pictures, config.training), card.input);
  const torch::Device device = models::find_device(config.training.device);
  Progress progress("embeddings", songs.size() * card.network_files().size());
  for (const std::string& network_file : card.network_files()) {
    models::Network network = models::load_checkpoint(directory / network_file).network;
    network->to(device);
    const std::vector<std::size_t> shape{songs.size(),
                                         static_cast<std::size_t>(network->last_layer()->weight.size(1))};
    NpyFloatWriter file(tagging::neighbour_embeddings_file(directory, network_file), shape);
    parallel_for(songs.size(), jobs, [&](std::size_t i) {
      check_interrupted();
      const torch::InferenceMode inference;
      models::use_threads(1);
      models::Network shared = network;
      write_embedding(file, i, shared->embed(input.compute(pictures.rows[songs[i]]).to(device)));
      progress.advance(1);
    });
    file.finish();
  }
}

}  // namespace gamut::experiment
