#include "gamut/training/options.h"

#include <algorithm>
#include <array>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::training {
namespace {

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

constexpr std::array kOptimisers{Word{Optimiser::adam, "adam"}, Word{Optimiser::adamw, "adamw"},
                                 Word{Optimiser::sgd, "sgd"}};
constexpr std::array kSchedules{Word{Schedule::constant, "constant"}, Word{Schedule::cosine, "cosine"},
                                Word{Schedule::one_cycle, "one-cycle"}};
constexpr std::array kClassWeights{Word{ClassWeights::none, "none"},
                                   Word{ClassWeights::balanced, "balanced"}};

template <class Enum, std::size_t n>
std::string_view word_of(const std::array<Word<Enum>, n>& words, Enum value) {
  return std::ranges::find(words, value, &Word<Enum>::value)->word;
}

template <class Enum, std::size_t n>
void read_word(OptionReader& reader, const std::string& key, const std::array<Word<Enum>, n>& words,
               Enum& target) {
  std::string text(word_of(words, target));
  reader.read(key, text);
  const auto found = std::ranges::find(words, text, &Word<Enum>::word);
  if (found != words.end()) {
    target = found->value;
    return;
  }
  std::vector<std::string> known;
  for (const Word<Enum>& word : words) known.emplace_back(word.word);
  reader.add_fault(key, "= \"" + printable(text) + "\" is unknown; known are " + join_words(known));
}

}  // namespace

bool augments(const AugmentationOptions& options) {
  return options.time_shift > 0 || options.time_masks > 0 || options.frequency_masks > 0 || options.mixup > 0;
}

void TrainingOptions::validate() const {
  std::vector<std::string> faults;
  const auto require = [&](bool right, const std::string& name, double value, const std::string& limit) {
    if (!right) faults.push_back("[training] " + name + " = " + format_number(value) + " " + limit);
  };
  require(epochs >= 1, "epochs", epochs, "must be at least 1");
  require(batch >= 2, "batch", batch, "must be at least 2 pictures: batch normalisation needs two");
  require(learning_rate > 0 && learning_rate <= 1, "learning_rate", learning_rate,
          "must be above 0 and at most 1");
  const auto is_share = [](double share) { return share >= 0 && share <= 1; };
  require(weight_decay >= 0 && weight_decay <= 1, "weight_decay", weight_decay, "must be from 0 to 1");
  require(momentum >= 0 && momentum < 1, "momentum", momentum, "must be from 0 to below 1");
  require(frozen_stages >= 0 && frozen_stages <= 5, "frozen_stages", frozen_stages, "must be from 0 to 5");
  require(focal_gamma >= 0 && focal_gamma <= 10, "focal_gamma", focal_gamma, "must be from 0 to 10");
  const AugmentationOptions& a = augmentation;
  require(a.time_masks >= 0 && a.time_masks <= 100, "time_masks", a.time_masks, "must be from 0 to 100");
  require(is_share(a.time_mask), "time_mask", a.time_mask, "must be a share from 0 to 1");
  require(a.frequency_masks >= 0 && a.frequency_masks <= 100, "frequency_masks", a.frequency_masks,
          "must be from 0 to 100");
  require(is_share(a.frequency_mask), "frequency_mask", a.frequency_mask, "must be a share from 0 to 1");
  require(is_share(a.time_shift), "time_shift", a.time_shift, "must be a share from 0 to 1");
  require(a.mixup >= 0 && a.mixup <= 10, "mixup", a.mixup, "must be from 0 to 10");
  require(patience >= 0, "patience", patience, "must be 0 (never stop early) or more epochs");
  require(input_size == 0 || (input_size >= 32 && input_size <= 1024), "input_size", input_size,
          "must be 0 (the pictures' own) or 32 to 1024 pixels");
  require(batch_norm_momentum > 0 && batch_norm_momentum <= 1, "batch_norm_momentum", batch_norm_momentum,
          "must be above 0 and at most 1");
  require(threads_per_cell >= 1 && threads_per_cell <= 1024, "threads_per_cell", threads_per_cell,
          "must be 1 to 1024");
  if (device != "auto" && device != "cpu" && device != "cuda") {
    faults.push_back("[training] device = \"" + printable(device) +
                     "\" is unknown; known are auto, cpu and cuda");
  }
  if (precision != "auto" && precision != "float32" && precision != "bfloat16") {
    faults.push_back("[training] precision = \"" + printable(precision) +
                     "\" is unknown; known are auto, float32 and bfloat16");
  }
  if (!faults.empty()) throw ParameterError(join(faults, "\n"));
}

Json to_json(const TrainingOptions& options) {
  return {{"epochs", options.epochs},
          {"batch", options.batch},
          {"optimiser", word_of(kOptimisers, options.optimiser)},
          {"learning_rate", options.learning_rate},
          {"schedule", word_of(kSchedules, options.schedule)},
          {"weight_decay", options.weight_decay},
          {"momentum", options.momentum},
          {"frozen_stages", options.frozen_stages},
          {"class_weights", word_of(kClassWeights, options.class_weights)},
          {"focal_gamma", options.focal_gamma},
          {"time_masks", options.augmentation.time_masks},
          {"time_mask", options.augmentation.time_mask},
          {"frequency_masks", options.augmentation.frequency_masks},
          {"frequency_mask", options.augmentation.frequency_mask},
          {"time_shift", options.augmentation.time_shift},
          {"mixup", options.augmentation.mixup},
          {"patience", options.patience},
          {"input_size", options.input_size},
          {"colour_map", options.colour_map},
          {"imagenet_normalisation", options.imagenet_normalisation},
          {"batch_norm_momentum", options.batch_norm_momentum},
          {"threads_per_cell", options.threads_per_cell},
          {"device", options.device},
          {"precision", options.precision}};
}

TrainingOptions training_options_from_json(const Json& json) {
  TrainingOptions options;
  OptionReader reader(json, "[training]");
  reader.read("epochs", options.epochs);
  reader.read("batch", options.batch);
  read_word(reader, "optimiser", kOptimisers, options.optimiser);
  reader.read("learning_rate", options.learning_rate);
  read_word(reader, "schedule", kSchedules, options.schedule);
  reader.read("weight_decay", options.weight_decay);
  reader.read("momentum", options.momentum);
  reader.read("frozen_stages", options.frozen_stages);
  read_word(reader, "class_weights", kClassWeights, options.class_weights);
  reader.read("focal_gamma", options.focal_gamma);
  reader.read("time_masks", options.augmentation.time_masks);
  reader.read("time_mask", options.augmentation.time_mask);
  reader.read("frequency_masks", options.augmentation.frequency_masks);
  reader.read("frequency_mask", options.augmentation.frequency_mask);
  reader.read("time_shift", options.augmentation.time_shift);
  reader.read("mixup", options.augmentation.mixup);
  reader.read("patience", options.patience);
  reader.read("input_size", options.input_size);
  reader.read("colour_map", options.colour_map);
  reader.read("imagenet_normalisation", options.imagenet_normalisation);
  reader.read("batch_norm_momentum", options.batch_norm_momentum);
  reader.read("threads_per_cell", options.threads_per_cell);
  reader.read("device", options.device);
  reader.read("precision", options.precision);
  reader.finish();
  options.validate();
  return options;
}

}  // namespace gamut::training
