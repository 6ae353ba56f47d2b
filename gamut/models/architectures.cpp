#include "gamut/models/architectures.h"

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::models {
namespace {

const std::array<Architecture, 5> kArchitectures{{
    {"resnet18", Block::basic, {2, 2, 2, 2}},
    {"resnet34", Block::basic, {3, 4, 6, 3}},
    {"resnet50", Block::bottleneck, {3, 4, 6, 3}},
    {"resnet101", Block::bottleneck, {3, 4, 23, 3}},
    {"resnet152", Block::bottleneck, {3, 8, 36, 3}},
}};

}  // namespace

std::vector<std::string> architecture_names() {
  std::vector<std::string> names;
  for (const Architecture& architecture : kArchitectures) names.push_back(architecture.name);
  return names;
}

const Architecture& find_architecture(const std::string& name) {
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.name == name) return architecture;
  }
  throw ParameterError("unknown architecture \"" + printable(name) + "\"; known are " +
                       join_words(architecture_names()));
}

}  // namespace gamut::models
