#include "gamut/models/architectures.h"

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::models {
namespace {

const std::vector<Architecture> kArchitectures{
    {.name = "resnet18", .block = Block::basic, .depths = {2, 2, 2, 2}},
    {.name = "resnet34", .block = Block::basic, .depths = {3, 4, 6, 3}},
    {.name = "resnet50", .block = Block::bottleneck, .depths = {3, 4, 6, 3}},
    {.name = "resnet101", .block = Block::bottleneck, .depths = {3, 4, 23, 3}},
    {.name = "resnet152", .block = Block::bottleneck, .depths = {3, 8, 36, 3}},
    {.name = "vgg16",
     .block = Block::plain,
     .depths = {2, 2, 3, 3, 3},
     .first_layer = "features.0",
     .last_layer = "classifier.6"},
};

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
