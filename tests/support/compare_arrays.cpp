#include "tests/support/compare_arrays.h"

#include <algorithm>
#include <cmath>

namespace gamut::test {
namespace {

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "[";
  for (std::size_t size : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

std::string position_text(std::size_t index, const std::vector<std::size_t>& shape) {
  std::vector<std::size_t> position(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    position[axis] = index % shape[axis];
    index /= shape[axis];
  }
  return shape_text(position);
}

}  // namespace

testing::AssertionResult arrays_near(std::span<const float> actual,
                                     const std::vector<std::size_t>& actual_shape,
                                     std::span<const float> expected,
                                     const std::vector<std::size_t>& expected_shape, double tolerance) {
  if (actual_shape != expected_shape || actual.size() != expected.size()) {
    return testing::AssertionFailure()
           << "shape " << shape_text(actual_shape) << ", expected " << shape_text(expected_shape);
  }
  double worst = -1;
  std::size_t where = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    double difference = std::abs(double(actual[i]) - double(expected[i]));
    if (!std::isfinite(difference)) {
      return testing::AssertionFailure() << "not finite at " << position_text(i, actual_shape) << ": "
                                         << actual[i] << ", expected " << expected[i];
    }
    if (difference > worst) {
      worst = difference;
      where = i;
    }
  }
  if (worst > tolerance) {
    return testing::AssertionFailure()
           << "largest difference " << worst << " > " << tolerance << " at "
           << position_text(where, actual_shape) << ": " << actual[where] << ", expected " << expected[where];
  }
  return testing::AssertionSuccess() << "largest difference " << worst;
}

double largest_magnitude(std::span<const float> values) {
  double largest = 0;
  for (float value : values) largest = std::max(largest, std::abs(double(value)));
  return largest;
}

}  // namespace gamut::test
