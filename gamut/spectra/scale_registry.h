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
  /// Builds the scale from options whose ranges were checked.
  /// @throws ParameterError  what only the scale can know: a filter without bins, a band above half the
  /// sampling rate.
  std::unique_ptr<const Scale> (*make)(const FrontEndOptions& options);
};

/// All scales, in the order in which they are shown.
std::span<const ScaleEntry> scale_entries();

/// Null where there is no such scale.
const ScaleEntry* find_scale(std::string_view name);

/// The registered scales, in the order in which they are shown.
std::vector<std::string> scale_names();

}  // namespace gamut::spectra
