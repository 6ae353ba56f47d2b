#include "gamut/catalogue/balance.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace gamut::catalogue {
namespace {

/// The whole is to be met eight times as closely as a genre, hence 8² in a sum of squares: four times because
/// it may miss by 0.5 % where a genre may by 2 %, twice that because it is one against many.
constexpr std::int64_t kWholeWeight = 64;
/// As much as a deviation of 200 %, which no share can have.
constexpr std::int64_t kMissingCost = 4 * kMillion * kMillion;
constexpr std::int64_t kWholeMarginPpm = 1'000;
constexpr std::int64_t kGenreMarginPpm = 5'000;

}  // namespace

Balance::Balance(const std::array<std::int64_t, kPartCount>& shares_ppm, std::vector<std::int64_t> totals)
    : shares_ppm_(shares_ppm),
      totals_(std::move(totals)),
      counts_(kPartCount * totals_.size()),
      required_(kPartCount * totals_.size()),
      cost_(full_cost()) {}

void Balance::require(std::size_t part, std::size_t column) {
  required_[part * columns() + column] = 1;
  cost_ = full_cost();
}

void Balance::set_totals(std::vector<std::int64_t> totals) {
  totals_ = std::move(totals);
  cost_ = full_cost();
}

std::int64_t Balance::lack(std::size_t part, std::size_t column) const {
  return shares_ppm_[part] * totals_[column] - kMillion * count(part, column);
}

std::int64_t Balance::term(std::size_t part, std::size_t column, std::int64_t songs) const {
  if (totals_[column] == 0) return 0;
  const std::int64_t deviation = (kMillion * songs - shares_ppm_[part] * totals_[column]) / totals_[column];
  std::int64_t cost = deviation * deviation;
  if (songs == 0 && required_[part * columns() + column] != 0) cost += kMissingCost;
  return column == 0 ? kWholeWeight * cost : cost;
}

std::int64_t Balance::full_cost() const {
  std::int64_t cost = 0;
  for (std::size_t part = 0; part < kPartCount; ++part) {
    for (std::size_t column = 0; column < columns(); ++column)
      cost += term(part, column, count(part, column));
  }
  return cost;
}

std::int64_t Balance::change(std::span<const ColumnCount> counts, std::size_t part,
                             std::int64_t times) const {
  std::int64_t change = 0;
  for (const auto& [column, songs] : counts) {
    const std::int64_t before = count(part, column);
    change += term(part, column, before + times * songs) - term(part, column, before);
  }
  return change;
}

void Balance::add(std::span<const ColumnCount> counts, std::size_t part, std::int64_t times) {
  cost_ += change(counts, part, times);
  for (const auto& [column, songs] : counts) counts_[part * columns() + column] += times * songs;
}

bool Balance::is_settled() const {
  for (std::size_t part = 0; part < kPartCount; ++part) {
    for (std::size_t column = 0; column < columns(); ++column) {
      const std::int64_t songs = count(part, column);
      if (songs == 0 && required_[part * columns() + column] != 0) return false;
      const std::int64_t margin = column == 0 ? kWholeMarginPpm : kGenreMarginPpm;
      if (std::abs(lack(part, column)) > std::max(margin * totals_[column], kMillion)) return false;
    }
  }
  return true;
}

}  // namespace gamut::catalogue
