#include "gamut/spectra/frequency_axis.h"

#include <algorithm>
#include <cmath>

#include "gamut/spectra/scale.h"

namespace gamut::spectra {
namespace {

/// The frequency at a place between rows: row r covers r to r + 1, and its own frequency is in its middle.
double frequency_at(const std::vector<double>& rows_hz, double place, double highest_hz) {
  if (rows_hz.size() == 1) return rows_hz.front();
  const double row = place - 0.5;
  const auto below = static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(rows_hz.size() - 2)));
  const double frequency_hz =
      rows_hz[below] + (row - static_cast<double>(below)) * (rows_hz[below + 1] - rows_hz[below]);
  return std::clamp(frequency_hz, 0.0, highest_hz);
}

/// The place of a frequency: the inverse of frequency_at.
double place_of(const std::vector<double>& rows_hz, double frequency_hz) {
  if (rows_hz.size() == 1) return 0.5;
  const auto above = std::upper_bound(rows_hz.begin() + 1, rows_hz.end() - 1, frequency_hz);
  const double steps = (frequency_hz - *(above - 1)) / (*above - *(above - 1));
  return static_cast<double>(above - 1 - rows_hz.begin()) + steps + 0.5;
}

}  // namespace

std::vector<double> picture_frequencies_hz(const FrontEnd& front_end) {
  const std::vector<double> rows_hz = front_end.scale().row_frequencies_hz();
  const int height = front_end.options().picture_height;
  std::vector<double> frequencies_hz;
  for (int pixel = 0; pixel < height; ++pixel) {
    const double place = (pixel + 0.5) * static_cast<double>(rows_hz.size()) / height;
    frequencies_hz.push_back(frequency_at(rows_hz, place, front_end.options().sample_rate_hz / 2));
  }
  return frequencies_hz;
}

std::vector<FrequencyTick> make_frequency_ticks(const FrontEnd& front_end, double distance) {
  const std::vector<double> rows_hz = front_end.scale().row_frequencies_hz();
  const auto n_rows = static_cast<double>(rows_hz.size());
  const double highest_hz = front_end.options().sample_rate_hz / 2;
  std::vector<FrequencyTick> ticks;
  for (double digit : {1.0, 5.0, 2.0}) {
    for (double power = 10; digit * power <= highest_hz; power *= 10) {
      const FrequencyTick tick{digit * power, place_of(rows_hz, digit * power) / n_rows};
      const bool has_room = std::ranges::all_of(ticks, [&](const FrequencyTick& other) {
        return std::abs(other.height - tick.height) >= distance;
      });
      if (tick.height >= 0 && tick.height <= 1 && has_room) ticks.push_back(tick);
    }
  }
  std::ranges::sort(ticks, {}, &FrequencyTick::height);
  return ticks;
}

}  // namespace gamut::spectra
