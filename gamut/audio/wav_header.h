#pragma once

#include "gamut/audio/file_input.h"

namespace gamut::audio {

/// The number of bytes of audio that a WAV file's `data` chunk declares, which FFmpeg does not tell for a
/// file that is shorter.
///
/// @return 0 where there is no such chunk, or its size stands for "unknown" as in streamed files and RF64.
std::int64_t wav_declared_bytes(const FileInput& input);

}  // namespace gamut::audio
