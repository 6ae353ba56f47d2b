// The whole installed tree links: a plan of cells from the defaults.
#include <cstdio>

#include "gamut/experiment/plan.h"

int main() {
  gamut::experiment::ExperimentConfig config;
  config.name = "consumer";
  const auto cells = plan_cells(plan_combinations(config), {"Jazz", "Rock"});
  std::printf("%zu cells\n", cells.size());
  return cells.size() == 4 ? 0 : 1;
}
