#pragma once

#include <string_view>

namespace gamut {

/// Which signals are taken from a recording. A mono file gives the same for all but `side` (silence).
enum class Channels {
  mono,    ///< arithmetic mean of all channels, as librosa
  left,    ///< first channel
  right,   ///< second channel
  mid,     ///< (left + right) / 2
  side,    ///< (left - right) / 2
  stereo,  ///< first and second channel, each as a signal of its own
};

/// How many signals that makes: 2 for stereo, otherwise 1.
int signal_count(Channels channels);

std::string_view to_string(Channels channels);

/// @throws ParameterError  an unknown word; the message lists the known ones.
Channels parse_channels(std::string_view word);

}  // namespace gamut
