#include "gamut/features/extract_plan.h"

#include <fmt/format.h>

#include <vector>

#include "gamut/core/text.h"

namespace gamut::features {

std::string describe(const ExtractPlan& plan) {
  constexpr std::array<const char*, kCauses> kWords{"that failed before",
                                                    "new",
                                                    "changed",
                                                    "whose pictures are damaged",
                                                    "of an older front end",
                                                    "without a picture of every set"};
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t songs, const char* what) {
    if (songs > 0) parts.push_back(fmt::format("{} {}", songs, what));
  };
  for (std::size_t i = 0; i < kCauses; ++i) add(plan.songs[i], kWords[i]);
  if (plan.only_failed) {
    if (parts.empty()) parts.emplace_back("no song failed before");
    add(plan.left, "others to do, left by --retry-failed");
  } else {
    add(plan.failed_before, "that failed before and are left, --retry-failed tries them");
    if (parts.empty() || plan.up_to_date > 0) parts.push_back(fmt::format("{} up to date", plan.up_to_date));
  }
  return join(parts, ", ");
}

}  // namespace gamut::features
