#pragma once

#include <span>
#include <string_view>

namespace gamut::statistics {

/// @param what  how the message calls the sample.
/// @throws ParameterError  fewer than `least` values, or one that is NaN or infinite (its number, counted
/// from 1).
void check_sample(std::span<const double> sample, std::size_t least, std::string_view what);

/// Arithmetic mean; the sample is not empty.
double mean(std::span<const double> sample);

/// Sum of the squared deviations from the mean.
double squared_deviations(std::span<const double> sample);

/// Whether the differences a - b are all the same but for rounding: their range is at most 1e-12 of the
/// largest |a| or |b|. A test of such differences would test the rounding.
/// @param a, b  same length, at least 1.
bool differences_equal(std::span<const double> a, std::span<const double> b);

}  // namespace gamut::statistics
