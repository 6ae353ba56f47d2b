#pragma once

#include <optional>
#include <span>

namespace gamut::audio {

/// The length that an MPEG audio frame's header gives it (layers I to III, MPEG-1, 2 and 2.5).
///
/// @param bytes  the start of a packet.
/// @return bytes of the whole frame with its header; 0 for a free-format frame, whose header does not tell;
/// nothing where no
///         frame starts there.
/// @source ISO/IEC 11172-3, 2.4.2.3, and 13818-3, 2.4.2.3.
std::optional<int> mpeg_frame_bytes(std::span<const unsigned char> bytes);

}  // namespace gamut::audio
