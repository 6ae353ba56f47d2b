#include "gamut/core/channels.h"
#include "gamut/core/words.h"

namespace gamut {
namespace {

constexpr auto kChannels = std::to_array<Word<Channels>>({{Channels::mono, "mono"},
                                                          {Channels::left, "left"},
                                                          {Channels::right, "right"},
                                                          {Channels::mid, "mid"},
                                                          {Channels::side, "side"},
                                                          {Channels::stereo, "stereo"}});

}  // namespace

int signal_count(Channels channels) {
  return channels == Channels::stereo ? 2 : 1;
}

std::string_view to_string(Channels channels) {
  return word_of(channels, kChannels);
}

Channels parse_channels(std::string_view word) {
  return parse_word("channels", word, kChannels);
}

}  // namespace gamut
