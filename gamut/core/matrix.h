#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gamut {

/// A dense float32 matrix, row-major, shape [rows, columns]. Spectrograms are [bins or bands, frames], as in
/// librosa.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(std::size_t n_rows, std::size_t n_columns)
      : rows(n_rows), columns(n_columns), values(n_rows * n_columns) {}

  std::span<float> row(std::size_t r) { return {values.data() + r * columns, columns}; }
  std::span<const float> row(std::size_t r) const { return {values.data() + r * columns, columns}; }
  float& operator()(std::size_t r, std::size_t c) { return values[r * columns + c]; }
  float operator()(std::size_t r, std::size_t c) const { return values[r * columns + c]; }
};

}  // namespace gamut
