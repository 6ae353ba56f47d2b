#include "gamut/demo/form.h"

#include <algorithm>
#include <cmath>

namespace gamut::demo {

FormPlan::FormPlan(Form form, int n_bars, Random& random)
    : form_(form),
      n_bars_(n_bars),
      break_bar_(n_bars / 3 + static_cast<int>(random.below(static_cast<std::uint64_t>(n_bars / 3) + 1))),
      break_bars_(n_bars > 5 ? 1 + static_cast<int>(random.below(2)) : 1),
      peak_(random.uniform(0.35, 0.75)) {}

std::vector<double> FormPlan::bar_gains(Role role, bool essential, Random& random) const {
  std::vector<double> gains(static_cast<std::size_t>(n_bars_), 1);
  const auto at = [&](int bar) -> double& { return gains[static_cast<std::size_t>(bar)]; };
  switch (form_) {
    case Form::steady:
      break;
    case Form::build: {
      const int latest = essential ? n_bars_ / 4 : n_bars_ / 2;
      const int entry = static_cast<int>(random.below(static_cast<std::uint64_t>(latest) + 1));
      for (int bar = 0; bar < entry; ++bar) at(bar) = 0;
      break;
    }
    case Form::breakdown:
      if (role == Role::rhythmic)
        for (int bar = break_bar_; bar < std::min(n_bars_, break_bar_ + break_bars_); ++bar)
          at(bar) = essential ? 0.06 : 0;
      break;
    case Form::verses:
      for (int bar = 0; bar < n_bars_; bar += 2) {
        const bool plays = random.chance(essential ? 0.85 : 0.55);
        for (int b = bar; b < std::min(n_bars_, bar + 2); ++b) at(b) = plays ? 1 : 0;
      }
      break;
    case Form::arc:
      for (int bar = 0; bar < n_bars_; ++bar) {
        const double position = (bar + 0.5) / n_bars_;
        const double distance =
            position < peak_ ? (peak_ - position) / peak_ : (position - peak_) / (1 - peak_);
        at(bar) = std::exp(-2.5 * distance * distance);
      }
      break;
  }
  // Someone has to play.
  if (essential && *std::max_element(gains.begin(), gains.end()) == 0)
    std::fill(gains.begin(), gains.end(), 1.0);
  return gains;
}

}  // namespace gamut::demo
