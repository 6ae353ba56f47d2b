#pragma once

#include <pybind11/numpy.h>

#include <memory>
#include <span>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/core/matrix.h"

namespace gamut::python {

/// float32, C order, as the Python side hands it over.
using FloatArray = pybind11::array_t<float, pybind11::array::c_style>;

/// The samples of an array of one dimension, valid as long as the array.
/// @throws ParameterError  another number of dimensions.
std::span<const float> samples_of(const FloatArray& array);

/// A copy of an array of two dimensions.
/// @throws ParameterError  another number of dimensions.
Matrix matrix_of(const FloatArray& array);

/// Hands the values over without copying them.
template <class T>
pybind11::array_t<T> to_numpy(std::vector<T>&& values, std::vector<std::size_t> shape) {
  auto owned = std::make_unique<std::vector<T>>(std::move(values));
  const pybind11::capsule owner(owned.get(), [](void* data) { delete static_cast<std::vector<T>*>(data); });
  return pybind11::array_t<T>(std::move(shape), owned.release()->data(), owner);
}

/// The options of a Python dict: none, bool, whole and other numbers (NumPy's too) and strings.
/// @throws ParameterError  a value of another type.
Json to_json(const pybind11::dict& options);

}  // namespace gamut::python
