#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/evaluation/decisions.h"
#include "gamut/models/picture_input_options.h"
#include "gamut/spectra/front_end_options.h"

namespace gamut::tagging {

/// What a model knows of one genre.
struct GenreCard {
  std::string name;
  std::string network;                ///< file in the model's directory
  int output = 0;                     ///< the network's logit
  evaluation::Threshold threshold{};  ///< tuned on validation songs; 0.5 with a note where it was not
  evaluation::Prior prior{};
};

/// What a model directory says of itself in `model.json`; the networks lie beside it.
struct ModelCard {
  std::string name;  ///< the run that it came from
  std::string scale, reduce, strategy, architecture, initialisation;
  int fold = 0;
  int repeat = 0;
  bool half = false;                   ///< weights are kept in float16
  spectra::FrontEndOptions front_end;  ///< of the pictures that the networks have learned from
  std::string colour_map = "magma";
  models::PictureInputOptions input;  ///< what the networks see of a picture
  std::vector<GenreCard> genres;
  Json training = Json::object();    ///< how the networks were trained: options, songs, seconds
  Json evaluation = Json::object();  ///< what the run's test says of them
  Json libraries = Json::object();   ///< versions of gamut and what it links, when it was exported

  /// The networks' files, each once, in the order of the genres.
  std::vector<std::string> network_files() const;
};

/// What a model says of itself wherever it is asked, with its genres in the form that the asker wants.
Json describe_card(const ModelCard& card, Json genres);

/// Writes `model.json` and, last, `checksums.sha256` (as sha256sum writes and checks it) over every file of
/// the directory.
/// @throws FileError  the disk is full or the directory is not writable.
void save_model_card(const std::filesystem::path& directory, const ModelCard& card);

/// @throws FileError   no such directory, or a file is missing.
/// @throws ModelError  no model of gamut, of a newer format, or a malformed one: what, and in which file.
ModelCard load_model_card(const std::filesystem::path& directory);

/// What differs from `checksums.sha256`: a line a file that is missing or is not what was written, and a line
/// a file of the model that has no checksum. Empty where all is well.
/// @throws FileError  there are no checksums, or a file cannot be read.
std::vector<std::string> find_damage(const std::filesystem::path& directory, const ModelCard& card);

}  // namespace gamut::tagging
