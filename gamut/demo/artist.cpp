#include "gamut/demo/artist.h"

#include <algorithm>
#include <string>

namespace gamut::demo {

ArtistSound make_artist_sound(std::uint64_t seed, std::string_view artist, std::string_view album) {
  Random random(seed, "artist " + std::string(artist));
  ArtistSound sound;
  sound.tempo_position = random.uniform(0.15, 0.85);
  for (int i = 0; i < 4; ++i) sound.keys.push_back(static_cast<int>(random.below(12)));
  sound.mode_habit = random.next();
  sound.groove_habit = random.next();
  sound.kit = {.tuning = random.uniform(0.8, 1.25), .ringing = random.uniform(0.7, 1.4)};
  sound.rolloff_shift = random.uniform(-0.15, 0.25);
  sound.vibrato_factor = random.uniform(0.7, 1.3);
  sound.detune_factor = random.uniform(0.5, 1.6);
  sound.hiss_db = random.uniform(-76, -50);
  sound.reverb = random.uniform(0.08, 0.4);
  sound.mastering.centroid_hz = std::exp2(random.uniform(std::log2(1400.0), std::log2(3200.0)));
  sound.mastering.cutoff_hz = random.uniform(7500, 10500);
  sound.mastering.loudness_db = random.uniform(-27, -17);

  Random of_album(seed, "album " + std::string(artist) + "/" + std::string(album));
  sound.hiss_db += of_album.uniform(-4, 4);
  sound.mastering.centroid_hz *= std::exp2(of_album.uniform(-0.25, 0.25));
  sound.mastering.cutoff_hz *= of_album.uniform(0.9, 1);
  sound.mastering.loudness_db += of_album.uniform(-2, 2);
  return sound;
}

Instrument adapt(Instrument instrument, const ArtistSound& sound) {
  instrument.rolloff = std::max(0.2, instrument.rolloff + sound.rolloff_shift);
  instrument.vibrato_semitones *= sound.vibrato_factor;
  instrument.detune_cents *= sound.detune_factor;
  return instrument;
}

}  // namespace gamut::demo
