// A mel picture of a written and re-read tone, with nothing but the two rooms asked for.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "gamut/audio/decode.h"
#include "gamut/audio/encode.h"
#include "gamut/spectra/front_end.h"

int main() {
  std::vector<float> tone(22050);
  for (std::size_t i = 0; i < tone.size(); ++i) tone[i] = 0.5f * std::sin(0.1f * static_cast<float>(i));
  gamut::audio::encode("tone.flac", tone, 22050);
  const gamut::audio::Recording recording = gamut::audio::decode("tone.flac");
  std::filesystem::remove("tone.flac");
  const gamut::spectra::FrontEnd mel({});
  const gamut::spectra::Picture picture = mel.compute_picture(recording.signal());
  std::printf("%d x %d pixels\n", picture.width, picture.height);
  return recording.signal().size() == tone.size() && picture.indices.size() == 250 * 250 ? 0 : 1;
}
