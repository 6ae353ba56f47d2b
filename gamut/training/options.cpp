#include "gamut/training/options.h"

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::training {

void TrainingOptions::validate() const {
  std::vector<std::string> faults;
  const auto require = [&](bool right, const std::string& name, double value, const std::string& limit) {
    if (!right) faults.push_back("[training] " + name + " = " + format_number(value) + " " + limit);
  };
  require(epochs >= 1, "epochs", epochs, "must be at least 1");
  require(batch >= 2, "batch", batch, "must be at least 2 pictures: batch normalisation needs two");
  require(learning_rate > 0 && learning_rate <= 1, "learning_rate", learning_rate,
          "must be above 0 and at most 1");
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
  if (!faults.empty()) throw ParameterError(join(faults, "\n"));
}

Json to_json(const TrainingOptions& options) {
  return {{"epochs", options.epochs},
          {"batch", options.batch},
          {"learning_rate", options.learning_rate},
          {"patience", options.patience},
          {"input_size", options.input_size},
          {"colour_map", options.colour_map},
          {"imagenet_normalisation", options.imagenet_normalisation},
          {"batch_norm_momentum", options.batch_norm_momentum},
          {"threads_per_cell", options.threads_per_cell},
          {"device", options.device}};
}

TrainingOptions training_options_from_json(const Json& json) {
  TrainingOptions options;
  OptionReader reader(json, "[training]");
  reader.read("epochs", options.epochs);
  reader.read("batch", options.batch);
  reader.read("learning_rate", options.learning_rate);
  reader.read("patience", options.patience);
  reader.read("input_size", options.input_size);
  reader.read("colour_map", options.colour_map);
  reader.read("imagenet_normalisation", options.imagenet_normalisation);
  reader.read("batch_norm_momentum", options.batch_norm_momentum);
  reader.read("threads_per_cell", options.threads_per_cell);
  reader.read("device", options.device);
  reader.finish();
  options.validate();
  return options;
}

}  // namespace gamut::training
