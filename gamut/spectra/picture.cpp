#include "gamut/spectra/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/pixel_grid.h"

namespace gamut::spectra {
namespace {

// Number is float for `nearest`, as matplotlib computes, and double for `mean`.
template <class Number>
std::uint8_t colour_index(Number db, Number low_db, Number high_db) {
  if (!(high_db > low_db)) return 0;
  const Number position = (std::max(db, low_db) - low_db) / (high_db - low_db);
  return static_cast<std::uint8_t>(std::min<Number>(255, position * 256));
}

class NearestPictureMaker : public PictureMaker {
 public:
  NearestPictureMaker(const PictureOptions& options, std::size_t n_rows, std::size_t n_frames)
      : options_(options),
        rows_{n_rows, static_cast<std::size_t>(options.height)},
        columns_{n_frames, static_cast<std::size_t>(options.width)},
        shown_(rows_.pixels * columns_.pixels) {}

  void add_frame(std::span<const float> power) override {
    float softest = softest_;
    float loudest = loudest_;
#pragma omp simd reduction(min : softest) reduction(max : loudest)
    for (std::size_t i = 0; i < power.size(); ++i) {
      softest = std::min(softest, power[i]);
      loudest = std::max(loudest, power[i]);
    }
    softest_ = softest;
    loudest_ = loudest;
    for (; next_column_ < columns_.pixels && columns_.frame_under(next_column_) == next_frame_;
         ++next_column_) {
      for (std::size_t r = 0; r < rows_.pixels; ++r) {
        shown_[r * columns_.pixels + next_column_] = power[rows_.row_under(r)];
      }
    }
    ++next_frame_;
  }

  Picture finish() const override {
    // Decibels relative to the loudest cell; another reference would shift all of them, and no colour.
    const float ref_db = power_cell_to_db(loudest_);
    const float low_db = std::max(power_cell_to_db(softest_) - ref_db, -static_cast<float>(options_.top_db));
    Picture picture{options_.height, options_.width, {}};
    picture.indices.reserve(shown_.size());
    for (float power : shown_) {
      picture.indices.push_back(colour_index(power_cell_to_db(power) - ref_db, low_db, 0.0F));
    }
    return picture;
  }

 private:
  PictureOptions options_;
  PixelGrid rows_;
  PixelGrid columns_;
  std::vector<float> shown_;  // power under each pixel, [height, width]
  float softest_ = std::numeric_limits<float>::max();
  float loudest_ = 0;
  std::size_t next_frame_ = 0;
  std::size_t next_column_ = 0;
};

class MeanPictureMaker : public PictureMaker {
 public:
  MeanPictureMaker(const PictureOptions& options, std::size_t n_rows, std::size_t n_frames)
      : options_(options),
        rows_{n_rows, static_cast<std::size_t>(options.height)},
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

  Picture finish() const override {
    std::vector<double> db(means_.size());
    std::transform(means_.begin(), means_.end(), db.begin(),
                   [](double mean) { return 10 * std::log10(std::max(kSmallestPower, mean)); });
    const auto [softest, loudest] = std::minmax_element(db.begin(), db.end());
    const double high_db = *loudest;
    const double low_db = std::max(*softest, high_db - options_.top_db);
    Picture picture{options_.height, options_.width, {}};
    picture.indices.reserve(db.size());
    for (double cell : db) picture.indices.push_back(colour_index(cell, low_db, high_db));
    return picture;
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

  PictureOptions options_;
  PixelGrid rows_;
  PixelGrid columns_;
  std::vector<double> column_;  // power averaged over the time of the column in work, [rows]
  std::vector<double> means_;   // [height, width]
  std::size_t next_frame_ = 0;
};

}  // namespace

std::string_view to_string(Reduce reduce) {
  return reduce == Reduce::mean ? "mean" : "nearest";
}

Reduce parse_reduce(std::string_view word) {
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    if (word == to_string(reduce)) return reduce;
  }
  throw ParameterError("unknown reduce \"" + printable(word) + "\"; known are nearest and mean");
}

std::unique_ptr<PictureMaker> make_picture_maker(const PictureOptions& options, std::size_t n_rows,
                                                 std::size_t n_frames) {
  if (options.width < 1 || options.height < 1 || n_rows < 1 || n_frames < 1 || !(options.top_db > 0)) {
    throw ParameterError(fmt::format(
        "cannot make a picture of {} x {} pixels and {} dB from {} rows and {} frames; all must be above 0",
        options.width, options.height, options.top_db, n_rows, n_frames));
  }
  if (options.reduce == Reduce::mean) return std::make_unique<MeanPictureMaker>(options, n_rows, n_frames);
  return std::make_unique<NearestPictureMaker>(options, n_rows, n_frames);
}

}  // namespace gamut::spectra
