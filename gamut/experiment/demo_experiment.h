#pragma once

#include <cstdint>
#include <string>

namespace gamut::experiment {

/// The experiment that `gamut demo` runs on the built-in music, as the text of an experiment file.
/// @throws ParameterError  a seed above 2^63 - 1, which TOML has no number for.
std::string demo_experiment_toml(std::uint64_t seed);

}  // namespace gamut::experiment
