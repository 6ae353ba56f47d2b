#include "gamut/core/version.h"

namespace gamut {

std::string_view version() {
  return GAMUT_VERSION;
}

}  // namespace gamut
