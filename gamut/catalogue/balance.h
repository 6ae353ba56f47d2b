#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace gamut::catalogue {

inline constexpr std::size_t kPartCount = 3;
inline constexpr std::int64_t kMillion = 1'000'000;

/// How many songs of one column something has. Column 0 counts all songs, column g + 1 those of genre g.
struct ColumnCount {
  std::uint32_t column = 0;
  std::int64_t songs = 0;
};

/// How far the songs dealt so far are from the shares, as one integer: per part and column the squared
/// deviation from the share, relative to the column's size, in (parts per million)². The whole weighs more
/// than a genre, and a part left without a genre that it could have weighs more than any deviation.
class Balance {
 public:
  /// @param shares_ppm  of each part, in parts per million; sum kMillion.
  /// @param totals      songs of each column, all parts together.
  Balance(const std::array<std::int64_t, kPartCount>& shares_ppm, std::vector<std::int64_t> totals);

  /// A part without songs of `column` costs from now on.
  void require(std::size_t part, std::size_t column);
  /// The columns' sizes grow (and with them what the shares ask for).
  void set_totals(std::vector<std::int64_t> totals);

  /// Adds (times = 1) or takes away (times = -1) songs.
  void add(std::span<const ColumnCount> counts, std::size_t part, std::int64_t times = 1);
  /// What cost() would grow by.
  std::int64_t change(std::span<const ColumnCount> counts, std::size_t part, std::int64_t times) const;
  std::int64_t cost() const { return cost_; }

  /// Songs that a part still lacks in a column, in millionths of a song; negative where it has too many.
  std::int64_t lack(std::size_t part, std::size_t column) const;
  bool is_used(std::size_t part) const { return shares_ppm_[part] > 0; }
  std::size_t columns() const { return totals_.size(); }
  std::int64_t total(std::size_t column) const { return totals_[column]; }
  std::int64_t count(std::size_t part, std::size_t column) const {
    return counts_[part * columns() + column];
  }

  /// Whether nothing is left to win: the whole within 0.1 % of the songs, every genre within 0.5 % of its own
  /// (or one song), and no required column missing.
  bool is_settled() const;

 private:
  std::int64_t term(std::size_t part, std::size_t column, std::int64_t songs) const;
  std::int64_t full_cost() const;

  std::array<std::int64_t, kPartCount> shares_ppm_;
  std::vector<std::int64_t> totals_;
  std::vector<std::int64_t> counts_;    // [part, column]
  std::vector<std::uint8_t> required_;  // [part, column]
  std::int64_t cost_ = 0;
};

}  // namespace gamut::catalogue
