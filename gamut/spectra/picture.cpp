#include "gamut/spectra/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/core/words.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/four_floats.h"
#include "gamut/spectra/pixel_grid.h"

namespace gamut::spectra {
namespace {

// Lowers `low` and raises `high` to what the cells have.
void widen_range(std::span<const float> cells, float& low, float& high) {
  FourFloats lows{low, low, low, low};
  FourFloats highs{high, high, high, high};
  std::size_t i = 0;
  for (; i + 4 <= cells.size(); i += 4) {
    const FourFloats four = load_four(&cells[i]);
    lows = four < lows ? four : lows;
    highs = four > highs ? four : highs;
  }
  for (std::size_t lane = 0; lane < 4; ++lane) {
    low = std::min(low, lows[lane]);
    high = std::max(high, highs[lane]);
  }
  for (; i < cells.size(); ++i) {
    low = std::min(low, cells[i]);
    high = std::max(high, cells[i]);
  }
}

class NearestPlaneMaker : public PlaneMaker {
 public:
  NearestPlaneMaker(const PictureOptions& options, std::size_t n_rows, std::size_t n_frames)
      : rows_{n_rows, static_cast<std::size_t>(options.height)},
        columns_{n_frames, static_cast<std::size_t>(options.width)},
        shown_(rows_.pixels * columns_.pixels) {}

  void add_frame(std::span<const float> power) override {
    widen_range(power, softest_, loudest_);
    for (; next_column_ < columns_.pixels && columns_.frame_under(next_column_) == next_frame_;
         ++next_column_) {
      for (std::size_t r = 0; r < rows_.pixels; ++r) {
        shown_[r * columns_.pixels + next_column_] = static_cast<double>(power[rows_.row_under(r)]);
      }
    }
    ++next_frame_;
  }

  Plane finish() override {
    return {std::move(shown_), static_cast<double>(softest_), static_cast<double>(loudest_)};
  }

 private:
  PixelGrid rows_;
  PixelGrid columns_;
  std::vector<double> shown_;  // power under each pixel, [height, width]
  float softest_ = std::numeric_limits<float>::max();
  float loudest_ = 0;
  std::size_t next_frame_ = 0;
  std::size_t next_column_ = 0;
};

class MeanPlaneMaker : public PlaneMaker {
 public:
  MeanPlaneMaker(const PictureOptions& options, std::size_t n_rows, std::size_t n_frames)
      : rows_{n_rows, static_cast<std::size_t>(options.height)},
        columns_{n_frames, static_cast<std::size_t>(options.width)},
        column_(n_rows),
        means_(rows_.pixels * columns_.pixels) {}

  void add_frame(std::span<const float> power) override {
    columns_.spread(next_frame_, [&](std::size_t c, double share) {
#pragma omp simd
      for (std::size_t i = 0; i < power.size(); ++i) column_[i] += share * static_cast<double>(power[i]);
      if (columns_.is_last(next_frame_, c)) finish_column(c);
    });
    ++next_frame_;
  }

  Plane finish() override {
    const auto [softest, loudest] = std::minmax_element(means_.begin(), means_.end());
    return {means_, *softest, *loudest};
  }

 private:
  // Averages the finished column of cells over the pixels' heights and starts the next one.
  void finish_column(std::size_t c) {
    for (std::size_t cell = 0; cell < column_.size(); ++cell) {
      rows_.spread(cell, [&](std::size_t r, double share) {
        means_[r * columns_.pixels + c] += share * column_[cell];
      });
      column_[cell] = 0;
    }
  }

  PixelGrid rows_;
  PixelGrid columns_;
  std::vector<double> column_;  // power averaged over the time of the column in work, [rows]
  std::vector<double> means_;   // [height, width]
  std::size_t next_frame_ = 0;
};

// Float where matplotlib computes in float, double where the power was averaged in double.
template <class Number>
Number decibels(double power) {
  return static_cast<Number>(10 * std::log10(std::max(kSmallestPower, power)));
}

template <class Number>
void append_indices(const PlaneMaker::Plane& plane, double softest, double loudest, double top_db,
                    std::vector<std::uint8_t>& indices) {
  // Decibels relative to the loudest cell; another reference would shift all of them, and no colour.
  const auto ref_db = decibels<Number>(loudest);
  const Number low_db = std::max(decibels<Number>(softest) - ref_db, -static_cast<Number>(top_db));
  for (double power : plane.power) {
    const Number above_low = std::max(decibels<Number>(power) - ref_db, low_db) - low_db;
    const Number index = low_db < 0 ? above_low / -low_db * 256 : 0;
    indices.push_back(static_cast<std::uint8_t>(std::min<Number>(255, index)));
  }
}

constexpr auto kReduces = std::to_array<Word<Reduce>>({{Reduce::nearest, "nearest"}, {Reduce::mean, "mean"}});

}  // namespace

std::string_view to_string(Reduce reduce) {
  return word_of(reduce, kReduces);
}

Reduce parse_reduce(std::string_view word) {
  return parse_word("reduce", word, kReduces);
}

std::unique_ptr<PlaneMaker> make_plane_maker(const PictureOptions& options, std::size_t n_rows,
                                             std::size_t n_frames) {
  if (options.width < 1 || options.height < 1 || n_rows < 1 || n_frames < 1 || !(options.top_db > 0)) {
    throw ParameterError(fmt::format(
        "cannot make a picture of {} x {} pixels and {} dB from {} rows and {} frames; all must be above 0",
        options.width, options.height, options.top_db, n_rows, n_frames));
  }
  if (options.reduce == Reduce::mean) return std::make_unique<MeanPlaneMaker>(options, n_rows, n_frames);
  return std::make_unique<NearestPlaneMaker>(options, n_rows, n_frames);
}

Picture draw_picture(const PictureOptions& options, std::span<const PlaneMaker::Plane> planes) {
  double softest = std::numeric_limits<double>::max();
  double loudest = 0;
  for (const PlaneMaker::Plane& plane : planes) {
    softest = std::min(softest, plane.softest);
    loudest = std::max(loudest, plane.loudest);
  }
  Picture picture{static_cast<int>(planes.size()), options.height, options.width, {}};
  for (const PlaneMaker::Plane& plane : planes) {
    if (options.reduce == Reduce::mean) {
      append_indices<double>(plane, softest, loudest, options.top_db, picture.indices);
    } else {
      append_indices<float>(plane, softest, loudest, options.top_db, picture.indices);
    }
  }
  return picture;
}

}  // namespace gamut::spectra
