#include "gamut/report/best_networks.h"

#include "gamut/evaluation/metrics.h"

namespace gamut::report {

std::optional<evaluation::ResultRow> best_networks(std::span<const evaluation::ResultRow> results) {
  std::optional<evaluation::ResultRow> best;
  for (const evaluation::ResultRow& row : results) {
    if (row.part != "test" || row.decision != "0.5" || row.genre != evaluation::kMacro ||
        row.metric != "f1" || row.undefined) {
      continue;
    }
    if (!best || row.value > best->value) best = row;
  }
  return best;
}

}  // namespace gamut::report
