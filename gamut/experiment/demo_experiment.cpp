#include "gamut/experiment/demo_experiment.h"

#include <fmt/format.h>

#include <limits>

#include "gamut/core/error.h"

namespace gamut::experiment {

std::string demo_experiment_toml(std::uint64_t seed) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (seed > kLargest) {
    throw ParameterError(fmt::format(
        "the seed {} must be at most {}, the largest number of an experiment file", seed, kLargest));
  }
  // Sized for two cores and four minutes: small pictures of short songs, the shallowest network.
  return fmt::format(R"(# gamut demo: linear against mel spectrograms on the built-in music.
# Delete runs/demo and run `gamut run demo.toml` in this folder to do it again.
name = "demo"

[data]
genres = {{ top = 16 }}
group_by = "album"
test = 0.25
validation = 0.15
seed = {}

[spectrogram]
scales = ["linear", "mel"]
reduce = ["nearest"]
picture_size = 64

[model]
architectures = ["resnet18"]
initialisation = ["random"]

[training]
epochs = 14
batch = 16
patience = 0
batch_norm_momentum = 0.3
input_size = 0
)",
                     seed);
}

}  // namespace gamut::experiment
