#pragma once

#include <string>

namespace gamut::server::test {

/// A wave file, 16 bits, mono, 22050 Hz, with a tone of 440 Hz.
std::string wav_of_tone(double seconds);

}  // namespace gamut::server::test
