#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gamut::doctor {

/// A song's fingerprint: 32-bit items in time.
using Fingerprint = std::span<const std::uint32_t>;

/// Two fingerprints laid over each other.
struct Match {
  std::size_t first = 0, second = 0;  ///< indices of the fingerprints; first < second
  int offset_items = 0;               ///< item i of `first` meets item i - offset_items of `second`
  int overlap_items = 0;
  double bit_error_rate = 0;  ///< share of bits that differ over the overlap
};

/// The largest bit error rate at which an overlap counts as the same recording.
///
/// 0.25 from 8 s (kFullOverlapItems) of overlap on. Shorter overlaps have fewer bits to prove anything with:
/// there the limit falls so that the probability of a chance match stays that of 0.25 at 8 s, where a bit
/// error rate of different recordings is taken as normal around 0.5 with a standard deviation that falls with
/// the square root of the bits.
///
/// @param overlap_items  >= 1.
/// @return 0 where no error rate would prove anything.
/// @source the model: Haitsma & Kalker, A Highly Robust Audio Fingerprinting System, ISMIR 2002, section 4.1,
/// who take 0.35 for their fingerprint; 0.25: ours, measured, docs/audit.md.
double largest_bit_error_rate(int overlap_items);

/// The alignment of two fingerprints with the least bit errors among offsets around `offset_items`.
Match align(Fingerprint first, Fingerprint second, int offset_items);

/// Every pair of fingerprints that are the same recording, wherever they overlap.
///
/// An inverted index over the upper 28 bits of every second item, chosen by value so that shifted copies
/// choose the same ones, proposes pairs that share two items at one offset; their bit error rate decides. So
/// the time grows with the number of songs and of coincidences, not with the number of pairs. Items that more
/// than kCommonItem songs share propose nothing, nor does silence prove anything: an overlap needs
/// kDistinctItems different items.
///
/// @param jobs  threads; the result does not depend on it.
/// @return by first, then by second.
/// @throws Interrupted  the user asked to stop.
std::vector<Match> find_matches(std::span<const Fingerprint> fingerprints, int jobs);

inline constexpr int kFullOverlapItems = 65;
inline constexpr std::size_t kCommonItem = 1000;
inline constexpr std::size_t kDistinctItems = 12;

}  // namespace gamut::doctor
