#include "gamut/tagging/model_card.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::tagging {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCard = "model.json";
constexpr const char* kChecksums = "checksums.sha256";
constexpr int kFormat = 1;

Json to_json(const GenreCard& genre) {
  return {{"genre", genre.name},
          {"network", genre.network},
          {"output", genre.output},
          {"threshold", genre.threshold.value},
          {"threshold_note", genre.threshold.note},
          {"prior_trained", genre.prior.trained},
          {"prior_real", genre.prior.real}};
}

/// A file of the directory itself, or of a folder in it: never one elsewhere.
bool is_inside(const std::string& file) {
  const fs::path path(file);
  if (file.empty() || path.is_absolute()) return false;
  return std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

GenreCard genre_from_json(const Json& json, std::size_t index) {
  GenreCard genre;
  OptionReader reader(json, fmt::format("genres[{}]", index));
  reader.read("genre", genre.name);
  reader.read("network", genre.network);
  reader.read("output", genre.output);
  reader.read("threshold", genre.threshold.value);
  reader.read("threshold_note", genre.threshold.note);
  reader.read("prior_trained", genre.prior.trained);
  reader.read("prior_real", genre.prior.real);
  if (genre.name.empty()) reader.add_fault("genre", "is empty");
  if (!is_inside(genre.network)) reader.add_fault("network", "is no file of the model's directory");
  if (genre.output < 0) reader.add_fault("output", "is below 0");
  const auto is_share = [](double value) { return value > 0 && value < 1; };
  if (!(genre.threshold.value >= 0 && genre.threshold.value < 1)) {
    reader.add_fault("threshold", "is not in [0, 1)");
  }
  if (!is_share(genre.prior.trained)) reader.add_fault("prior_trained", "is not in (0, 1)");
  if (!is_share(genre.prior.real)) reader.add_fault("prior_real", "is not in (0, 1)");
  reader.finish();
  return genre;
}

ModelCard card_from_json(const Json& json) {
  ModelCard card;
  OptionReader reader(json, "the model");
  int format = 0;
  reader.read("gamut_model", format);
  if (format != kFormat) {
    reader.add_fault("gamut_model",
                     fmt::format("is not {}: no model of gamut, or of another version", kFormat));
  }
  reader.read("name", card.name);
  reader.read("scale", card.scale);
  reader.read("reduce", card.reduce);
  reader.read("strategy", card.strategy);
  reader.read("architecture", card.architecture);
  reader.read("initialisation", card.initialisation);
  reader.read("fold", card.fold);
  reader.read("repeat", card.repeat);
  reader.read("half", card.half);
  reader.read("colour_map", card.colour_map);
  reader.read("input_size", card.input.input_size);
  reader.read("imagenet_normalisation", card.input.imagenet_normalisation);
  reader.read("training", card.training);
  reader.read("evaluation", card.evaluation);
  reader.read("libraries", card.libraries);
  if (card.input.input_size < 0 || card.input.input_size > 4096) {
    reader.add_fault("input_size", "is not 0 to 4096 pixels");
  }
  if (const Json* front_end = reader.find("front_end")) {
    card.front_end = spectra::front_end_options_from_json(*front_end);
  } else {
    reader.add_fault("front_end", "is missing");
  }
  const Json* genres = reader.find("genres");
  if (genres == nullptr || !genres->is_array() || genres->empty()) {
    reader.add_fault("genres", "is no list of genres");
  } else {
    for (const Json& genre : *genres) card.genres.push_back(genre_from_json(genre, card.genres.size()));
  }
  reader.finish();
  return card;
}

}  // namespace

std::vector<std::string> ModelCard::network_files() const {
  std::vector<std::string> files;
  for (const GenreCard& genre : genres) {
    if (std::find(files.begin(), files.end(), genre.network) == files.end()) files.push_back(genre.network);
  }
  return files;
}

Json describe_card(const ModelCard& card, Json genres) {
  return {{"name", card.name},
          {"scale", card.scale},
          {"reduce", card.reduce},
          {"strategy", card.strategy},
          {"architecture", card.architecture},
          {"initialisation", card.initialisation},
          {"fold", card.fold},
          {"repeat", card.repeat},
          {"half", card.half},
          {"genres", std::move(genres)},
          {"front_end", to_json(card.front_end)},
          {"training", card.training},
          {"evaluation", card.evaluation},
          {"libraries", card.libraries}};
}

void save_model_card(const fs::path& directory, const ModelCard& card) {
  Json genres = Json::array();
  for (const GenreCard& genre : card.genres) genres.push_back(to_json(genre));
  Json json = {{"gamut_model", kFormat}};
  json.update(describe_card(card, std::move(genres)));
  json["colour_map"] = card.colour_map;
  json["input_size"] = card.input.input_size;
  json["imagenet_normalisation"] = card.input.imagenet_normalisation;
  save_json(directory / kCard, json);

  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), directory).generic_string());
  }
  std::sort(files.begin(), files.end());
  std::string checksums;
  for (const std::string& file : files) {
    if (file != kChecksums) checksums += sha256_file(directory / file) + "  " + file + "\n";
  }
  save_atomically(directory / kChecksums, checksums);
}

ModelCard load_model_card(const fs::path& directory) {
  const fs::path file = directory / kCard;
  std::error_code failure;  // of which reading the file says more
  if (!fs::exists(file, failure) && !failure) {
    throw FileError(printable(directory.string()) +
                        " is no model: it has no model.json; `gamut export model` makes one from a run",
                    directory);
  }
  try {
    ModelCard card = card_from_json(load_json(file));
    for (const std::string& network : card.network_files()) {
      if (!fs::exists(directory / network, failure)) {
        throw FileError(fmt::format("{}: the model lacks its file {}; copy the whole directory again",
                                    printable(directory.string()), printable(network)),
                        directory);
      }
    }
    return card;
  } catch (const ParameterError& error) {
    throw ModelError(printable(file.string()) + ": " + error.what(), file);
  }
}

std::vector<std::string> find_damage(const fs::path& directory, const ModelCard& card) {
  std::vector<std::string> damage;
  std::vector<std::string> unchecked = card.network_files();
  unchecked.emplace_back(kCard);
  std::vector<std::string> lines = split_list(load_text(directory / kChecksums), '\n');
  for (const std::string& line : lines) {
    constexpr std::size_t kDigits = 64;
    const std::string file = line.size() > kDigits + 2 ? line.substr(kDigits + 2) : "";
    std::error_code failure;
    std::erase(unchecked, file);
    if (!is_inside(file)) {
      damage.push_back("checksums.sha256 has a line that names no file of the model: " + printable(line));
    } else if (!fs::is_regular_file(directory / file, failure)) {
      damage.push_back(printable(file) + " is missing");
    } else if (sha256_file(directory / file) != line.substr(0, kDigits)) {
      damage.push_back(printable(file) + " is not what was written");
    }
  }
  for (const std::string& file : unchecked) {
    damage.push_back("checksums.sha256 says nothing of " + printable(file));
  }
  return damage;
}

}  // namespace gamut::tagging
