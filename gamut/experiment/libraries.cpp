#include "gamut/experiment/libraries.h"

#include "gamut/core/text.h"

namespace gamut::experiment {

const Json& libraries() {
  // "LibTorch=1.13.1;FFmpeg libavcodec=59.37.100;…", made by CMake from the packages it found.
  static const Json kLibraries = [] {
    Json json = Json::object();
    for (const std::string& entry : split_list(GAMUT_LIBRARIES, ';')) {
      const std::size_t equals = entry.find('=');
      json[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    return json;
  }();
  return kLibraries;
}

}  // namespace gamut::experiment
