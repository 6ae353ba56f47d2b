#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/spectra/front_end_options.h"
#include "gamut/spectra/scale.h"

namespace gamut::spectra {

/// What gamut knows of a scale. A new one is a file `<name>_scale.cpp` that defines `ScaleEntry
/// <name>_scale()`, and one line in scale_registry.cpp.
struct ScaleEntry {
  std::string_view name;
  /// The options (keys of their JSON) that this scale reads beyond those that concern every scale. The name
  /// of a picture set depends on no others.
  std::vector<std::string_view> options_read;
  int n_bands = 128;   ///< where the options leave it open
  double fmin_hz = 0;  ///< where the options leave it open
  /// Builds the scale from options whose ranges were checked and whose defaults were filled in.
  /// @throws ParameterError  what only the scale can know: a filter without bins, a band above half the
  /// sampling rate.
  std::unique_ptr<const Scale> (*make)(const FrontEndOptions& options);
};

/// All scales, in the order in which they are shown.
std::span<const ScaleEntry> scale_entries();

/// Null where there is no such scale.
const ScaleEntry* find_scale(std::string_view name);

/// The options with everything that is none set to the value that it stands for; segment_s alone may stay
/// none, and gamma_hz.
/// @param options  of a known scale.
FrontEndOptions fill_in_defaults(FrontEndOptions options);

/// @param options  of a known scale, in their ranges.
/// @throws ParameterError  what only the scale can know.
std::unique_ptr<const Scale> make_scale(const FrontEndOptions& options);

/// The registered scales, in the order in which they are shown.
std::vector<std::string> scale_names();

}  // namespace gamut::spectra
