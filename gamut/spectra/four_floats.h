#pragma once

#include <cstring>

namespace gamut::spectra {

/// Four floats that every x86-64 processor (and others) works on at once; the usual operators apply to each.
using FourFloats = float __attribute__((vector_size(16)));

/// @param from  four floats at any address.
inline FourFloats load_four(const float* from) {
  FourFloats values;
  std::memcpy(&values, from, sizeof values);
  return values;
}

inline void store_four(float* to, FourFloats values) {
  std::memcpy(to, &values, sizeof values);
}

inline FourFloats reversed(FourFloats values) {
  return __builtin_shufflevector(values, values, 3, 2, 1, 0);
}

inline float sum_of(FourFloats values) {
  return (values[0] + values[1]) + (values[2] + values[3]);
}

}  // namespace gamut::spectra
