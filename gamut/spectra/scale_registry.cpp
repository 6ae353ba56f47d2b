#include "gamut/spectra/scale_registry.h"

#include <algorithm>

// One line a scale; its entry is defined in <name>_scale.cpp.
#define GAMUT_SCALES(scale)                                                                           \
  scale(linear) scale(mel) scale(linear_bands) scale(log_frequency) scale(bark) scale(erb) scale(cqt) \
      scale(vqt)

namespace gamut::spectra {

#define GAMUT_DECLARE_SCALE(name) ScaleEntry name##_scale();
GAMUT_SCALES(GAMUT_DECLARE_SCALE)
#undef GAMUT_DECLARE_SCALE

std::span<const ScaleEntry> scale_entries() {
#define GAMUT_LIST_SCALE(name) name##_scale(),
  static const std::vector<ScaleEntry> entries = {GAMUT_SCALES(GAMUT_LIST_SCALE)};
#undef GAMUT_LIST_SCALE
  return entries;
}

const ScaleEntry* find_scale(std::string_view name) {
  const std::span<const ScaleEntry> entries = scale_entries();
  const auto found = std::ranges::find(entries, name, &ScaleEntry::name);
  return found == entries.end() ? nullptr : &*found;
}

FrontEndOptions fill_in_defaults(FrontEndOptions options) {
  const ScaleEntry& entry = *find_scale(options.scale);
  options.win_length = options.win_length.value_or(options.n_fft);
  options.n_bands = options.n_bands.value_or(entry.n_bands);
  options.fmin_hz = options.fmin_hz.value_or(entry.fmin_hz);
  options.fmax_hz = options.fmax_hz.value_or(options.sample_rate_hz / 2);
  if (options.segment_s) options.segment_hop_s = options.segment_hop_s.value_or(*options.segment_s);
  return options;
}

std::unique_ptr<const Scale> make_scale(const FrontEndOptions& options) {
  return find_scale(options.scale)->make(fill_in_defaults(options));
}

std::vector<std::string> scale_names() {
  std::vector<std::string> names;
  for (const ScaleEntry& entry : scale_entries()) names.emplace_back(entry.name);
  return names;
}

}  // namespace gamut::spectra
