#include "gamut/core/channels.h"

#include <string>

#include "gamut/core/error.h"

namespace gamut {

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
  }
  return "mono";
}

Channels parse_channels(std::string_view word) {
  for (Channels channels : {Channels::mono, Channels::left, Channels::right, Channels::mid, Channels::side}) {
    if (word == to_string(channels)) return channels;
  }
  throw ParameterError("unknown channels \"" + std::string(word) +
                       "\"; known are mono, left, right, mid and side");
}

}  // namespace gamut
