#include "gamut/catalogue/stratify.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace gamut::catalogue {
namespace {

constexpr std::size_t kSwapTrials = 64;
constexpr int kStarts = 8;
/// Trials over all starts; some five seconds.
constexpr std::int64_t kTrialBudget = 30'000'000;
constexpr std::uint8_t kUndealt = kPartCount;

/// One attempt: deals all units, then improves.
class Attempt {
 public:
  Attempt(const Units& units, const Balance& start, Random& random)
      : units_(units),
        balance_(start),
        random_(random),
        part_of_(units.size(), kUndealt),
        order_(units.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    random_.shuffle(std::span(order_));
  }

  void deal() {
    // Units of each column in random order. Column 0 has all of them, so it comes last and takes those
    // without a genre.
    std::vector<std::vector<std::size_t>> members(balance_.columns());
    std::vector<std::int64_t> left(balance_.columns());
    for (std::size_t unit : order_) {
      for (const auto& [column, songs] : units_[unit]) {
        members[column].push_back(unit);
        left[column] += songs;
      }
    }
    while (true) {
      std::optional<std::size_t> rarest;
      for (std::size_t column = 1; column < left.size(); ++column) {
        if (left[column] > 0 && (!rarest || left[column] < left[*rarest])) rarest = column;
      }
      const std::size_t column = rarest.value_or(0);
      for (std::size_t unit : members[column]) {
        if (part_of_[unit] != kUndealt) continue;
        place(unit, neediest(column));
        for (const auto& [other, songs] : units_[unit]) left[other] -= songs;
      }
      if (!rarest) return;
    }
  }

  /// Moves and swaps until the balance settles, nothing helps or the trials are used up.
  void improve(std::int64_t& trials) {
    bool improved = true;
    while (improved && trials > 0 && !balance_.is_settled()) {
      improved = false;
      random_.shuffle(std::span(order_));
      for (std::size_t i = 0; i < order_.size() && trials > 0; ++i) improved |= move(order_[i], trials);
      if (balance_.is_settled()) return;
      for (std::size_t i = 0; i < order_.size() && trials > 0; ++i) {
        improved |= swap(order_[i], trials);
        if (improved && i % 256 == 0 && balance_.is_settled()) return;
      }
    }
  }

  const Balance& balance() const { return balance_; }
  std::vector<std::uint8_t>& parts() { return part_of_; }

 private:
  void place(std::size_t unit, std::size_t part) {
    balance_.add(units_[unit], part);
    part_of_[unit] = static_cast<std::uint8_t>(part);
  }

  /// The part that lacks most songs of a column; of equals the one that lacks most songs at all, then any.
  std::size_t neediest(std::size_t column) {
    std::size_t best = kPartCount;
    std::uint64_t ties = 1;
    for (std::size_t part = 0; part < kPartCount; ++part) {
      if (!balance_.is_used(part)) continue;
      auto need = [&](std::size_t p) { return std::pair(balance_.lack(p, column), balance_.lack(p, 0)); };
      if (best == kPartCount || need(part) > need(best)) {
        best = part;
        ties = 1;
      } else if (need(part) == need(best) && random_.below(++ties) == 0) {
        best = part;
      }
    }
    return best;
  }

  /// Moves a unit to another part where that lowers the cost most.
  bool move(std::size_t unit, std::int64_t& trials) {
    const std::size_t from = part_of_[unit];
    const std::int64_t gain = balance_.change(units_[unit], from, -1);
    std::size_t best = from;
    std::int64_t best_change = 0;
    for (std::size_t to = 0; to < kPartCount; ++to) {
      if (to == from || !balance_.is_used(to)) continue;
      --trials;
      const std::int64_t change = gain + balance_.change(units_[unit], to, 1);
      if (change < best_change) {
        best_change = change;
        best = to;
      }
    }
    if (best == from) return false;
    balance_.add(units_[unit], from, -1);
    place(unit, best);
    return true;
  }

  /// Swaps a unit with the first of a stretch of others where that lowers the cost.
  bool swap(std::size_t unit, std::int64_t& trials) {
    const std::size_t trials_here = std::min(kSwapTrials, order_.size());
    const std::size_t offset = random_.below(order_.size());
    for (std::size_t k = 0; k < trials_here; ++k) {
      const std::size_t other = order_[(offset + k) % order_.size()];
      const std::size_t a = part_of_[unit];
      const std::size_t b = part_of_[other];
      if (a == b) continue;
      --trials;
      const std::int64_t before = balance_.cost();
      exchange(unit, other);
      if (balance_.cost() < before) return true;
      exchange(unit, other);
    }
    return false;
  }

  void exchange(std::size_t unit, std::size_t other) {
    const std::size_t a = part_of_[unit];
    const std::size_t b = part_of_[other];
    balance_.add(units_[unit], a, -1);
    balance_.add(units_[other], b, -1);
    place(unit, b);
    place(other, a);
  }

  const Units& units_;
  Balance balance_;
  Random& random_;
  std::vector<std::uint8_t> part_of_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::uint8_t> stratify(const Units& units, Balance& balance, Random& random) {
  if (units.size() == 0) return {};
  const Balance start = balance;
  std::vector<std::uint8_t> best;
  std::int64_t trials = kTrialBudget;
  for (int i = 0; i < kStarts && trials > 0; ++i) {
    Attempt attempt(units, start, random);
    attempt.deal();
    attempt.improve(trials);
    if (best.empty() || attempt.balance().cost() < balance.cost()) {
      balance = attempt.balance();
      best = std::move(attempt.parts());
    }
    if (balance.is_settled()) break;
  }
  return best;
}

}  // namespace gamut::catalogue
