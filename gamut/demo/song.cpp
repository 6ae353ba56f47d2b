#include "gamut/demo/song.h"

#include "gamut/demo/artist.h"
#include "gamut/demo/recipe.h"

namespace gamut::demo {
namespace {

constexpr double kLayerRms = 0.1;

template <class T>
const T& pick(const std::vector<T>& choices, Random& random) {
  return choices[random.below(choices.size())];
}

/// The artist's favourite two times out of three.
template <class T>
const T& pick_by_habit(const std::vector<T>& choices, std::uint64_t habit, Random& random) {
  return random.chance(2.0 / 3) ? choices[habit % choices.size()] : pick(choices, random);
}

double between(Range range, double position) {
  return range.low + (range.high - range.low) * position;
}

Frame make_frame(const Recipe& recipe, const ArtistSound& artist, double duration_s, Random& random) {
  Frame frame;
  frame.duration_s = duration_s;
  frame.tempo_bpm = between(recipe.tempo_bpm, artist.tempo_position + random.uniform(-0.15, 0.15));
  frame.swing = random.uniform(recipe.swing.low, recipe.swing.high);
  frame.key = pick(artist.keys, random);
  frame.mode = pick_by_habit(recipe.modes, artist.mode_habit, random);
  frame.progression = pick(recipe.progressions, random);
  frame.bars_per_chord = pick(recipe.bars_per_chord, random);
  frame.chord_notes = recipe.chord_notes;
  return frame;
}

Samples play_layer(const Layer& layer, const ArtistSound& artist, const Frame& frame, std::size_t size,
                   Random& random) {
  Samples samples(size);
  const int octave = layer.octave + (frame.key > 7 ? -1 : 0);  // keys are F# below to F above C
  play(adapt(layer.instrument, artist), write_part(layer.part, octave, frame, random), random, samples);
  set_rms(samples, kLayerRms);
  if (layer.drive_db > 0) drive(samples, layer.drive_db + random.uniform(-4, 4));
  if (layer.sweep.cutoff_hz.high > 0) sweep_filter(samples, layer.sweep, frame, random.uniform());
  if (layer.pump > 0) pump(samples, layer.pump, frame);
  return samples;
}

void mix(const Samples& samples, double gain, Samples& out) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += static_cast<float>(gain) * samples[i];
}

}  // namespace

Samples compose_song(const Song& song, double duration_s, std::uint64_t seed) {
  Random random(seed, "song " + song.file);
  const ArtistSound artist = make_artist_sound(seed, song.artist, song.album);
  Recipe recipe = recipe_of(song.subgenres.front());
  for (std::size_t i = 1; i < song.subgenres.size(); ++i)
    recipe = blend(recipe, recipe_of(song.subgenres[i]));

  const Frame frame = make_frame(recipe, artist, duration_s, random);
  const FormPlan form(pick(recipe.forms, random), frame.bars(), random);
  Samples music(static_cast<std::size_t>(sample_of(duration_s)));
  const auto add = [&](Samples& layer, double level_db, Role role, bool essential) {
    apply_bar_gains(layer, form.bar_gains(role, essential, random), role == Role::sustained ? 0.25 : 0.02,
                    frame);
    set_rms(layer, kLayerRms);
    mix(layer, gain_of_db(level_db + random.uniform(-2.5, 2.5)), music);
  };
  for (const Layer& layer : recipe.layers) {
    if (!random.chance(layer.chance)) continue;
    Samples samples = play_layer(layer, artist, frame, music.size(), random);
    add(samples, layer.level_db, layer.role, layer.chance >= 1);
  }
  if (!recipe.grooves.empty()) {
    Samples drums(music.size());
    play_drums(pick_by_habit(recipe.grooves, artist.groove_habit, random), artist.kit, frame, random, drums);
    add(drums, recipe.drums_db, Role::rhythmic, true);
  }

  if (recipe.bus_pump > 0) pump(music, recipe.bus_pump * random.uniform(0.9, 1), frame);

  Samples wet = reverberate(music, random.uniform(recipe.reverb_s.low, recipe.reverb_s.high));
  set_rms(wet, artist.reverb * rms(music));
  mix(wet, 1, music);
  const double crackles_per_s = random.chance(recipe.crackle_chance) ? random.uniform(3, 12) : 0;
  add_surface_noise(music, rms(music) * gain_of_db(artist.hiss_db + random.uniform(-3, 3)), crackles_per_s,
                    random);

  MasteringTarget target = artist.mastering;
  target.centroid_hz *= std::exp2(random.uniform(-0.2, 0.2));
  target.loudness_db += random.uniform(-1.5, 1.5);
  master(music, target);
  return music;
}

}  // namespace gamut::demo
