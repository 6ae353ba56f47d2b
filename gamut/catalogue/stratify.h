#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gamut/catalogue/balance.h"
#include "gamut/core/random.h"

namespace gamut::catalogue {

/// Things that must each stay in one part (songs, or groups of songs) with their songs per column, packed.
class Units {
 public:
  void add(std::span<const ColumnCount> counts) {
    counts_.insert(counts_.end(), counts.begin(), counts.end());
    ends_.push_back(counts_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::span<const ColumnCount> operator[](std::size_t unit) const {
    const std::size_t begin = unit == 0 ? 0 : ends_[unit - 1];
    return std::span(counts_).subspan(begin, ends_[unit] - begin);
  }

 private:
  std::vector<ColumnCount> counts_;
  std::vector<std::size_t> ends_;
};

/// Deals units to parts so that `balance` comes out as low as can be found: iterative stratification (the
/// rarest genre that is left goes first, each of its units to the part that lacks it most), then moves of a
/// unit and swaps of two while they lower the cost. Where that does not settle, it starts again from other
/// orders and keeps the best. Time is linear in the units, up to a fixed budget of trials.
///
/// @param balance  what is dealt already, with the totals of everything; holds the result at the end.
/// @return         the part of each unit.
std::vector<std::uint8_t> stratify(const Units& units, Balance& balance, Random& random);

}  // namespace gamut::catalogue
