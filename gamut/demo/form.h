#pragma once

#include <vector>

#include "gamut/core/random.h"

namespace gamut::demo {

/// How a song is laid out over its bars.
enum class Form {
  steady,     ///< everyone plays throughout
  build,      ///< players enter one after another
  breakdown,  ///< the rhythm all but stops for a bar or two in the middle
  verses,     ///< players come and go every second bar
  arc,        ///< one long rise and fall of level
};

/// What a player does where the form thins out.
enum class Role { sustained, rhythmic };

/// The form of one song; its turning points are the same for all players.
class FormPlan {
 public:
  FormPlan(Form form, int n_bars, Random& random);

  /// One player's gain in each bar, 0 … 1.
  /// @param essential  plays in most of the song whatever the form.
  std::vector<double> bar_gains(Role role, bool essential, Random& random) const;

 private:
  Form form_;
  int n_bars_;
  int break_bar_;
  int break_bars_;
  double peak_;
};

}  // namespace gamut::demo
