#pragma once

#include <string>

#include "gamut/audio/audio_file.h"

namespace gamut::audio {

/// True where more than 1 % and more than 0.1 s are missing: what less is lost is worth no word.
bool is_short(double got_s, double expected_s);

/// Looks for the mark that a container puts at its end: Ogg's last-page flag and position, and for MP4 the
/// size of its boxes. Other containers have none that a decoder does not already check; see Note
/// [truncated-audio].
///
/// @param reached_s  time stamp of the end of the decoded audio, in seconds.
/// @return what is missing, in words; empty where the mark is there or the container has none.
std::string missing_end_mark(const AudioFile& file, double reached_s);

}  // namespace gamut::audio
