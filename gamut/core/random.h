#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace gamut {

/// xoshiro256** seeded through SplitMix64: the same numbers with every compiler and standard library, which
/// std::shuffle and std::uniform_int_distribution do not promise.
///
/// @source Blackman & Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021).
class Random {
 public:
  explicit Random(std::uint64_t seed);
  /// A stream of its own for each name, for example "split" or a cell's path.
  Random(std::uint64_t seed, std::string_view stream);

  std::uint64_t next();
  /// Uniform on 0 … bound - 1 without bias; bound > 0.
  std::uint64_t below(std::uint64_t bound);
  /// Uniform on [0, 1), 53 bits.
  double uniform();
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal (Box–Muller).
  double normal();
  bool chance(double probability) { return uniform() < probability; }

  /// Fisher–Yates.
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace gamut
