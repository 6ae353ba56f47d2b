#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/bootstrap.h"
#include "gamut/report/run_files.h"

namespace gamut::report {

/// What album draws say of a gain.
struct DrawnGain {
  evaluation::Interval interval;  ///< 95 %
  double p = 1;  ///< two-sided: twice the share of draws on the other side of 0, at least 2 / (draws + 1)
};

/// F1 of every network of a run in the same bootstrap draws of the test songs' albums, so that differences,
/// and means of differences over networks, have intervals in which what makes an album hard for all cancels.
class GainDraws {
 public:
  explicit GainDraws(const RunFiles& files);

  /// The gain of one scale over another, averaged over all networks that `wanted` takes and both scales have.
  ///
  /// @param genre  or "(macro)".
  /// @return none without such networks, without predictions of them, or where it is undefined in most draws.
  std::optional<DrawnGain> gain(std::string_view candidate, std::string_view baseline, std::string_view genre,
                                const std::function<bool(const NetworkPredictions&)>& wanted) const;

  /// What was drawn: "album", "artist" or "song"; empty where nothing was.
  const std::string& by() const { return by_; }

 private:
  struct Draws {
    const NetworkPredictions* network;
    std::vector<std::vector<double>> f1;  // of each genre and the macro mean, one a draw
  };
  std::vector<Draws> networks_;
  std::vector<std::string> rows_;  // names of Draws::f1
  std::string by_;
};

}  // namespace gamut::report
