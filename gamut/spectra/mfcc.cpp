#include "gamut/spectra/mfcc.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/scale.h"

namespace gamut::spectra {
namespace {

// One function of the orthonormal DCT-II at each of `length` points.
std::vector<double> make_dct_row(std::size_t number, std::size_t length) {
  const auto n = static_cast<double>(length);
  const double height = std::sqrt((number == 0 ? 1 : 2) / n);
  std::vector<double> row(length);
  for (std::size_t i = 0; i < length; ++i) {
    row[i] = height *
             std::cos(std::numbers::pi * static_cast<double>(number) * (static_cast<double>(i) + 0.5) / n);
  }
  return row;
}

}  // namespace

Matrix compute_mfcc(const FrontEnd& front_end, std::span<const float> signal, const MfccOptions& options) {
  const std::size_t n_rows = front_end.scale().n_rows();
  if (options.n_mfcc < 1 || static_cast<std::size_t>(options.n_mfcc) > n_rows) {
    throw ParameterError(fmt::format("n_mfcc is {}; it must be from 1 to {}, the rows of the scale {}",
                                     options.n_mfcc, n_rows, front_end.options().scale));
  }
  const Matrix db =
      power_to_db(front_end.compute_array(signal, ArrayKind::power), {.top_db = front_end.options().top_db});
  Matrix mfcc(static_cast<std::size_t>(options.n_mfcc), db.columns);
  std::vector<double> sums(db.columns);
  for (std::size_t number = 0; number < mfcc.rows; ++number) {
    const std::vector<double> dct = make_dct_row(number, n_rows);
    sums.assign(db.columns, 0);
    for (std::size_t row = 0; row < n_rows; ++row) {
      for (std::size_t frame = 0; frame < db.columns; ++frame) sums[frame] += dct[row] * db(row, frame);
    }
    for (std::size_t frame = 0; frame < db.columns; ++frame) {
      mfcc(number, frame) = static_cast<float>(sums[frame]);
    }
  }
  return mfcc;
}

}  // namespace gamut::spectra
