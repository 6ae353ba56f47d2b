#include "gamut/experiment/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/core/toml.h"
#include "gamut/models/architectures.h"

namespace gamut::experiment {
namespace {

constexpr std::array<std::string_view, 5> kSections{"data", "spectrogram", "model", "training", "name"};

constexpr std::string_view kPlace = "place";
constexpr std::string_view kLeaveOut = "leave-out";

const Json& section(const Json& json, const std::string& name) {
  static const Json kNone = Json::object();
  const auto found = json.find(name);
  return found == json.end() ? kNone : *found;
}

void require(OptionReader& reader, const std::string& key, bool right, const std::string& complaint) {
  if (!right) reader.add_fault(key, complaint);
}

template <class T>
bool has_duplicates(std::vector<T> items) {
  std::sort(items.begin(), items.end());
  return std::adjacent_find(items.begin(), items.end()) != items.end();
}

void read_genres(const Json* genres, catalogue::GenreChoice& choice, OptionReader& reader) {
  if (genres == nullptr) return;
  if (genres->is_array()) {
    try {
      choice.list = genres->get<std::vector<std::string>>();
    } catch (const nlohmann::json::exception&) {
      reader.add_fault("genres", "must be a list of names or { top = 16, min_songs = 1, exclude = [] }");
    }
    require(reader, "genres", !choice.list.empty() && !has_duplicates(choice.list),
            "must name each genre once");
    return;
  }
  OptionReader inner(*genres, "[data] genres");
  inner.read("top", choice.top);
  inner.read("list", choice.list);
  inner.read("min_songs", choice.min_songs);
  inner.read("exclude", choice.exclude);
  require(inner, "list", !has_duplicates(choice.list), "must name each genre once");
  require(inner, "list", choice.list.empty() || !genres->contains("top"), "and top exclude each other");
  require(inner, "min_songs", choice.min_songs >= 1,
          "= " + std::to_string(choice.min_songs) + " must be at least 1");
  require(inner, "top", choice.top >= 1, "= " + std::to_string(choice.top) + " must be at least 1");
  inner.finish();
}

void read_data(const Json& json, ExperimentConfig& config) {
  OptionReader reader(json, "[data]");
  read_genres(reader.find("genres"), config.genres, reader);
  std::string group_by(to_string(config.split.group_by));
  reader.read("group_by", group_by);
  try {
    config.split.group_by = catalogue::parse_group_by(group_by);
  } catch (const ParameterError& error) {
    reader.add_fault("group_by", error.what());
  }
  reader.read("test", config.split.test);
  reader.read("validation", config.split.validation);
  reader.read("seed", config.split.seed);
  reader.read("folds", config.folds);
  reader.read("repeats", config.repeats);
  reader.read("include_partial", config.include_partial);
  reader.read("split", config.split_file);
  std::string others(kPlace);
  reader.read("not_in_split", others);
  config.place_others = others == kPlace;
  require(reader, "not_in_split", others == kPlace || others == kLeaveOut,
          "= \"" + others + "\" must be \"place\" or \"leave-out\"");
  require(reader, "not_in_split", config.place_others || !config.split_file.empty(),
          "needs split = \"FILE\"");
  require(reader, "split", config.split_file.empty() || (config.folds == 1 && config.repeats == 1),
          "is one split; folds and repeats must be 1");
  require(reader, "folds", config.folds >= 1 && config.folds <= 1000,
          "= " + std::to_string(config.folds) + " must be 1 (none) to 1000");
  require(reader, "repeats", config.repeats >= 1 && config.repeats <= 1000,
          "= " + std::to_string(config.repeats) + " must be 1 to 1000");
  const auto is_share = [](double share) { return share > 0 && share < 1; };
  require(reader, "test", is_share(config.split.test),
          "= " + format_number(config.split.test) + " must be a share of the songs between 0 and 1");
  require(reader, "validation", is_share(config.split.validation),
          "= " + format_number(config.split.validation) + " must be a share of the songs between 0 and 1");
  require(reader, "test", config.split.test + config.split.validation < 1,
          "and validation leave nothing to train on");
  require(reader, "validation", config.folds < 2 || config.split.validation + 1.0 / config.folds < 1,
          "= " + format_number(config.split.validation) + " and the test songs of " +
              std::to_string(config.folds) + " folds leave nothing to train on");
  reader.finish();
}

// "250x250", 250 or [250, 250] (width, height).
void read_picture_size(const Json& value, Json& front_end) {
  if (value.is_number_integer()) {
    front_end["picture_width"] = front_end["picture_height"] = value;
    return;
  }
  if (value.is_array() && value.size() == 2) {
    front_end["picture_width"] = value[0];
    front_end["picture_height"] = value[1];
    return;
  }
  throw ParameterError("[spectrogram] picture_size must be a number of pixels or [width, height]");
}

void read_spectrogram(Json json, ExperimentConfig& config) {
  Json own = Json::object();
  for (const char* key : {"scales", "reduce", "picture_size"}) {
    if (!json.contains(key)) continue;
    own[key] = json[key];
    json.erase(key);
  }
  for (const char* key : {"scale", "picture_width", "picture_height"}) {
    if (json.contains(key)) {
      throw ParameterError(
          std::string("[spectrogram] ") + key + " is not an option here; use " +
          (std::string(key) == "scale" ? "scales = [\"…\"]" : "picture_size = [width, height]"));
    }
  }
  if (own.contains("picture_size")) read_picture_size(own["picture_size"], json);

  OptionReader reader(own, "[spectrogram]");
  reader.find("picture_size");
  reader.read("scales", config.scales);
  std::vector<std::string> reduce{std::string(to_string(config.reduce.front()))};
  reader.read("reduce", reduce);
  require(reader, "scales", !config.scales.empty() && !has_duplicates(config.scales),
          "must name each scale once");
  require(reader, "reduce", !reduce.empty() && !has_duplicates(reduce), "must name each rule once");
  reader.finish();
  config.reduce.clear();
  for (const std::string& word : reduce) config.reduce.push_back(spectra::parse_reduce(word));
  config.front_end = spectra::front_end_options_from_json(json);
  for (const spectra::FrontEndOptions& options : config.front_ends()) options.validate();
}

void read_model(const Json& json, ExperimentConfig& config) {
  OptionReader reader(json, "[model]");
  reader.read("architectures", config.architectures);
  reader.read("initialisation", config.initialisation);
  reader.read("weights", config.weights);
  const std::vector<std::string> known = models::architecture_names();
  for (const std::string& name : config.architectures) {
    require(reader, "architectures", std::find(known.begin(), known.end(), name) != known.end(),
            "has \"" + printable(name) + "\"; known are " + join_words(known));
  }
  for (const std::string& name : config.initialisation) {
    require(reader, "initialisation", name == "random" || name == "imagenet",
            "has \"" + printable(name) + "\"; known are random and imagenet");
  }
  require(reader, "architectures", !config.architectures.empty() && !has_duplicates(config.architectures),
          "must name each architecture once");
  require(reader, "initialisation", !config.initialisation.empty() && !has_duplicates(config.initialisation),
          "must name each initialisation once");
  reader.finish();
}

/// Negatives a positive; none where the words are unknown.
std::optional<double> parse_negatives(const std::string& words) {
  if (words == "balanced") return 1;
  if (words == "all") return std::numeric_limits<double>::infinity();
  constexpr std::string_view kRatio = "ratio:";
  if (!words.starts_with(kRatio)) return std::nullopt;
  double ratio = 0;
  const char* const end = words.data() + words.size();
  const auto [stop, error] = std::from_chars(words.data() + kRatio.size(), end, ratio);
  if (error != std::errc() || stop != end || !(ratio > 0) || !std::isfinite(ratio)) return std::nullopt;
  return ratio;
}

void read_training(Json json, ExperimentConfig& config) {
  Json own = Json::object();
  if (json.contains("strategy") && json["strategy"].is_string()) json["strategy"] = {json["strategy"]};
  for (const char* key : {"strategy", "negatives", "cache_activations"}) {
    if (!json.contains(key)) continue;
    own[key] = json[key];
    json.erase(key);
  }
  OptionReader reader(own, "[training]");
  reader.read("strategy", config.strategies);
  reader.read("negatives", config.negatives);
  reader.read("cache_activations", config.cache_activations);
  for (const std::string& strategy : config.strategies) {
    require(reader, "strategy", strategy == kOneVsAll || strategy == kFrozen || strategy == kMultiLabel,
            "= \"" + printable(strategy) +
                "\" is unknown; known are one-vs-all, one-vs-all-frozen and multi-label");
  }
  require(reader, "strategy", !config.strategies.empty() && !has_duplicates(config.strategies),
          "needs one strategy, or a list without doubles");
  require(reader, "negatives", parse_negatives(config.negatives).has_value(),
          "= \"" + printable(config.negatives) +
              "\" is unknown; known are balanced, all and ratio:R with R above 0");
  config.training = training::training_options_from_json(json);
  const auto all_are = [&](std::string_view wanted) {
    return std::ranges::all_of(config.strategies, [&](const std::string& name) { return name == wanted; });
  };
  require(reader, "negatives", config.negatives == "balanced" || !all_are(kMultiLabel),
          "= \"" + printable(config.negatives) + "\" chooses no songs of multi-label, which takes all");
  require(reader, "frozen_stages", config.training.frozen_stages == 0 || !all_are(kFrozen),
          "= " + std::to_string(config.training.frozen_stages) +
              " does nothing with one-vs-all-frozen, which trains last layers alone");
  require(reader, "strategy", !training::augments(config.training.augmentation) || !all_are(kFrozen),
          "= \"one-vs-all-frozen\" takes pictures as they are; leave out time_masks, frequency_masks, "
          "time_shift and mixup");
  reader.finish();
}

// "a.b=value" put into the configuration; the value is TOML, or a bare word.
void apply_override(Json& json, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::vector<std::string> keys = split_list(text.substr(0, equals), '.');
  if (equals == std::string::npos || keys.empty() || keys.size() > 2) {
    throw ParameterError("--set " + printable(text) + " must look like section.key=value");
  }
  const std::string value = text.substr(equals + 1);
  Json parsed;
  try {
    parsed = parse_toml("value = " + value, "--set " + text).at("value");
  } catch (const ParameterError&) {
    if (value.empty() || value.find_first_of("[]{}\"'=,") != std::string::npos) throw;
    parsed = value;
  }
  if (keys.size() == 1) {
    json[keys[0]] = parsed;
  } else {
    json[keys[0]][keys[1]] = parsed;
  }
}

void check_name(const std::string& name) {
  const bool safe = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos &&
                    printable(name) == name && name.size() <= 100;
  if (!safe) {
    throw ParameterError("name = \"" + printable(name) +
                         "\" must be 1 to 100 characters that can name a folder: no slash, no leading dot");
  }
}

}  // namespace

double ExperimentConfig::negatives_ratio() const {
  return parse_negatives(negatives).value();
}

std::vector<spectra::FrontEndOptions> ExperimentConfig::front_ends() const {
  std::vector<spectra::FrontEndOptions> list;
  for (const std::string& scale : scales) {
    for (const spectra::Reduce rule : reduce) {
      list.push_back(front_end);
      list.back().scale = scale;
      list.back().reduce = rule;
    }
  }
  return list;
}

ExperimentConfig experiment_from_json(const Json& json) {
  OptionReader reader(json, "the experiment");
  ExperimentConfig config;
  reader.read("name", config.name);
  for (const std::string_view name : kSections) reader.find(std::string(name));
  reader.finish();
  check_name(config.name);
  read_data(section(json, "data"), config);
  read_spectrogram(section(json, "spectrogram"), config);
  read_model(section(json, "model"), config);
  read_training(section(json, "training"), config);
  return config;
}

ExperimentConfig load_experiment(const std::filesystem::path& path,
                                 const std::vector<std::string>& overrides) {
  Json json = load_toml(path);
  if (!json.contains("name")) json["name"] = path.stem().string();
  for (const std::string& text : overrides) apply_override(json, text);
  try {
    ExperimentConfig config = experiment_from_json(json);
    for (std::string* file : {&config.split_file, &config.weights}) {
      if (file->empty()) continue;
      *file = std::filesystem::absolute(path.parent_path() / *file).lexically_normal().string();
    }
    return config;
  } catch (const ParameterError& error) {
    throw ParameterError(printable(path.string()) + ":\n" + error.what(), path);
  }
}

Json to_json(const ExperimentConfig& config) {
  Json genres = Json::object();
  if (config.genres.list.empty()) {
    genres["top"] = config.genres.top;
  } else {
    genres["list"] = config.genres.list;
  }
  genres["min_songs"] = config.genres.min_songs;
  genres["exclude"] = config.genres.exclude;
  Json spectrogram = {{"scales", config.scales}};
  spectrogram["reduce"] = Json::array();
  for (const spectra::Reduce rule : config.reduce) spectrogram["reduce"].push_back(to_string(rule));
  Json front_end = to_json(config.front_end);
  for (const char* key : {"scale", "reduce"}) front_end.erase(key);
  spectrogram["picture_size"] = {config.front_end.picture_width, config.front_end.picture_height};
  for (const char* key : {"picture_width", "picture_height"}) front_end.erase(key);
  spectrogram.update(front_end);

  Json training = {{"negatives", config.negatives}, {"cache_activations", config.cache_activations}};
  training["strategy"] = config.strategies;
  if (config.strategies.size() == 1) training["strategy"] = config.strategies.front();
  training.update(to_json(config.training));
  Json data = {{"genres", genres},          {"group_by", to_string(config.split.group_by)},
               {"test", config.split.test}, {"validation", config.split.validation},
               {"seed", config.split.seed}, {"folds", config.folds},
               {"repeats", config.repeats}, {"include_partial", config.include_partial}};
  if (!config.split_file.empty()) {
    data["split"] = config.split_file;
    data["not_in_split"] = config.place_others ? kPlace : kLeaveOut;
  }
  Json model = {{"architectures", config.architectures}, {"initialisation", config.initialisation}};
  if (!config.weights.empty()) model["weights"] = config.weights;
  return {{"name", config.name},
          {"data", data},
          {"spectrogram", spectrogram},
          {"model", model},
          {"training", training}};
}

}  // namespace gamut::experiment
