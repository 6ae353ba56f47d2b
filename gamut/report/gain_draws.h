#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/evaluation/bootstrap.h"
#include "gamut/report/run_files.h"

namespace gamut::report {

/// What album draws say of a gain.
struct DrawnGain {
  evaluation::Interval interval;  ///< 95 %
  /// Two-sided: twice the share of draws on the other side of 0, at least 2 / (draws + 1), and at least
  /// 2 / 2^n for n groups, below which no test of so few that all agree can come.
  double p = 1;
};

/// F1 of every network of a run in the same bootstrap draws of the test songs' albums, so that differences,
/// and means of differences over networks, have intervals in which what makes an album hard for all cancels.
class GainDraws {
 public:
  explicit GainDraws(const RunFiles& files);

  /// The gain of one scale over another, averaged over genres and over all networks that `wanted` takes and
  /// both scales have.
  ///
  /// @param genres  at least one.
  /// @return none without such networks, without predictions of them, where one of the genres rests on fewer
  /// groups than evaluation::kFewestGroups, or where the gain is undefined in most draws.
  std::optional<DrawnGain> gain(std::string_view candidate, std::string_view baseline,
                                std::span<const std::string> genres,
                                const std::function<bool(const NetworkPredictions&)>& wanted) const;

  /// What was drawn: "album", "artist" or "song"; empty where nothing was.
  const std::string& by() const { return by_; }

 private:
  /// One genre of a network.
  struct GenreDraws {
    std::vector<double> f1;  // one a draw, NaN where undefined
    std::size_t groups;      // that it rests on
  };
  struct NetworkDraws {
    const NetworkPredictions* network;
    std::map<std::string, GenreDraws, std::less<>> genres;
  };
  static std::vector<double> mean_f1(const NetworkDraws& draws, std::span<const std::string> genres);

  std::vector<NetworkDraws> networks_;
  std::string by_;
};

}  // namespace gamut::report
