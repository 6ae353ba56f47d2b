#include "gamut/core/channels.h"

#include <string>

#include "gamut/core/error.h"

namespace gamut {

int signal_count(Channels channels) {
  return channels == Channels::stereo ? 2 : 1;
}

std::string_view to_string(Channels channels) {
  switch (channels) {
    case Channels::mono:
      return "mono";
    case Channels::left:
      return "left";
    case Channels::right:
      return "right";
    case Channels::mid:
      return "mid";
    case Channels::side:
      return "side";
    case Channels::stereo:
      return "stereo";
  }
  return "mono";
}

Channels parse_channels(std::string_view word) {
  for (Channels channels :
       {Channels::mono, Channels::left, Channels::right, Channels::mid, Channels::side, Channels::stereo}) {
    if (word == to_string(channels)) return channels;
  }
  throw ParameterError("unknown channels \"" + std::string(word) +
                       "\"; known are mono, left, right, mid, side and stereo");
}

}  // namespace gamut
