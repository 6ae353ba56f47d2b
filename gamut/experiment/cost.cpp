#include "gamut/experiment/cost.h"

#include <sys/resource.h>

#include "gamut/core/json.h"

namespace gamut::experiment {

void StageClock::finish(const std::string& stage) {
  const auto now = std::chrono::steady_clock::now();
  stages_.emplace_back(stage, std::chrono::duration<double>(now - start_).count());
  start_ = now;
}

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return 1024 * static_cast<std::uint64_t>(usage.ru_maxrss);  // Linux counts kilobytes
}

Json describe_cost(const StageClock& clock, const std::map<std::string, SongPictures>& pictures) {
  Json cost = {
      {"stages", Json::array()}, {"peak_memory_bytes", peak_memory_bytes()}, {"picture_sets", Json::array()}};
  for (const auto& [name, seconds] : clock.stages()) {
    cost["stages"].push_back({{"name", name}, {"seconds", seconds}});
  }
  for (const auto& [set, of_songs] : pictures) {
    cost["picture_sets"].push_back(
        {{"set", set}, {"pictures", of_songs.store.rows()}, {"bytes", of_songs.store.pixels().size()}});
  }
  return cost;
}

}  // namespace gamut::experiment
