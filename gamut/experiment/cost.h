#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/experiment/material.h"

namespace gamut::experiment {

/// Splits the time since it was made into stages.
class StageClock {
 public:
  /// Ends a stage: it took the time since the one before ended.
  void finish(const std::string& stage);
  /// Seconds of each stage, in their order.
  const std::vector<std::pair<std::string, double>>& stages() const { return stages_; }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::vector<std::pair<std::string, double>> stages_;
};

/// Resident memory of this process at its highest, in bytes.
std::uint64_t peak_memory_bytes();

/// What a run took, for its summary: seconds of the stages, memory, pictures and their size.
Json describe_cost(const StageClock& clock, const std::map<std::string, SongPictures>& pictures);

}  // namespace gamut::experiment
