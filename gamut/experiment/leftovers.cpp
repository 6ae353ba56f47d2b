#include "gamut/experiment/leftovers.h"

#include <string>
#include <vector>

namespace gamut::experiment {

void remove_leftovers(const std::filesystem::path& folder, std::string_view file) {
  std::vector<std::filesystem::path> leftovers;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::size_t mark = name.find(".tmp-");  // as temporary_beside() names them
    if (mark == std::string::npos) continue;
    if (file.empty() || name.substr(0, mark) == file) leftovers.push_back(entry.path());
  }
  for (const std::filesystem::path& leftover : leftovers) std::filesystem::remove(leftover);
}

}  // namespace gamut::experiment
