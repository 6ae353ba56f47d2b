#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <vector>

namespace gamut::test {

/// Compares arrays: shape first, then every value; NaN and infinity never pass. The message has the largest
/// difference and where it is.
/// @param tolerance  largest allowed absolute difference.
testing::AssertionResult arrays_near(std::span<const float> actual,
                                     const std::vector<std::size_t>& actual_shape,
                                     std::span<const float> expected,
                                     const std::vector<std::size_t>& expected_shape, double tolerance);

/// The largest absolute value; 0 for none.
double largest_magnitude(std::span<const float> values);

}  // namespace gamut::test
