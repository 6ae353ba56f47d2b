#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gamut/spectra/scale_registry.h"
#include "gamut/spectra/warped_filterbank.h"

namespace gamut::spectra {

/// What a scale made by make_warped_scale reads, as ScaleEntry::options_read.
std::vector<std::string_view> warped_scale_options();

/// The scale whose rows are triangular bands evenly spaced on a warped axis.
///
/// @param options  as ScaleEntry::make gets them.
/// @throws ParameterError  as make_warped_filterbank.
std::unique_ptr<const Scale> make_warped_scale(const FrontEndOptions& options, const FrequencyWarp& warp);

}  // namespace gamut::spectra
