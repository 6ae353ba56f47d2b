// The subgenres as data. What they have of a genre in common: Ambient, slow pads and glides of wind;
// Classical, legato lines; Electronic, filtered arpeggios and risers; Hip-Hop, a rapper over sub-bass; Jazz,
// a bending solo over walking bass; Rock, distorted chords.
#include "gamut/demo/recipe.h"

#include "gamut/demo/band.h"
#include "gamut/demo/grooves.h"

namespace gamut::demo {
namespace {

Layer at_level(Layer layer, double level_db, double chance) {
  layer.level_db = level_db;
  layer.chance = chance;
  return layer;
}

std::vector<Recipe> make_recipes() {
  std::vector<Recipe> all;
  all.push_back({.subgenre = "Drone",
                 .genres = {"Ambient"},
                 .tempo_bpm = {60, 90},
                 .modes = {Mode::minor, Mode::dorian, Mode::phrygian},
                 .progressions = {{0}, {0, 5}, {0, 3}},
                 .bars_per_chord = {2, 4},
                 .forms = {Form::arc, Form::steady, Form::build},
                 .layers = {{.part = Part::drone,
                             .octave = 2,
                             .instrument = kDrone,
                             .level_db = 0,
                             .role = Role::sustained,
                             .sweep = {{300, 4000}, 2, 6}},
                            kAmbientWind,
                            at_level(kAmbientPad, -5, 0.7)},
                 .reverb_s = {1.5, 4}});
  all.push_back(
      {.subgenre = "Space Music",
       .genres = {"Ambient"},
       .tempo_bpm = {60, 100},
       .modes = {Mode::lydian, Mode::major, Mode::dorian},
       .progressions = {{0, 1}, {0, 4}, {0, 3, 1}},
       .chord_notes = 4,
       .bars_per_chord = {1, 2},
       .forms = {Form::arc, Form::steady, Form::build},
       .layers = {kAmbientPad,
                  kAmbientWind,
                  {.part = Part::bells, .octave = 5, .instrument = kBell, .level_db = -10, .chance = 0.5}},
       .reverb_s = {1.5, 4}});
  all.push_back({.subgenre = "Ambient Techno",
                 .genres = {"Ambient", "Electronic"},
                 .tempo_bpm = {100, 126},
                 .modes = {Mode::minor, Mode::dorian},
                 .progressions = {{0, 5}, {0, 3}, {0}},
                 .chord_notes = 4,
                 .bars_per_chord = {2},
                 .forms = {Form::build, Form::breakdown, Form::arc},
                 .grooves = {{{Drum::kick, "x...x...x...x..."}, {Drum::hat, "..x...x...x...x."}}},
                 .drums_db = -6,
                 .layers = {kAmbientPad, kAmbientWind, at_level(kFilteredArpeggio, -5, 1),
                            at_level(kNoiseRiser, -2, 1)},
                 .reverb_s = {1, 3},
                 .bus_pump = 0.85});
  all.push_back({.subgenre = "Techno",
                 .genres = {"Electronic"},
                 .tempo_bpm = {120, 142},
                 .modes = {Mode::minor, Mode::phrygian},
                 .progressions = {{0}, {0, 0, 5, 5}, {0, 3}},
                 .forms = {Form::build, Form::breakdown, Form::steady},
                 .grooves = kFourOnTheFloor,
                 .drums_db = 0,
                 .layers = {kFilteredArpeggio,
                            kNoiseRiser,
                            {.part = Part::pulse_bass,
                             .octave = 1,
                             .instrument = kSaw,
                             .level_db = -5,
                             .chance = 0.6,
                             .pump = 0.8}},
                 .bus_pump = 0.95});
  all.push_back(
      {.subgenre = "Chiptune",
       .genres = {"Electronic"},
       .tempo_bpm = {125, 165},
       .modes = {Mode::major, Mode::minor, Mode::mixolydian},
       .progressions = {{0, 5, 3, 4}, {0, 4, 5, 3}, {5, 3, 0, 4}},
       .forms = {Form::steady, Form::verses, Form::breakdown},
       .grooves = {kFourOnTheFloor[0], kFourOnTheFloor[1]},
       .drums_db = -4,
       .layers =
           {{.part = Part::wide_arpeggio,
             .octave = 4,
             .instrument = kSquare,
             .level_db = -2,
             .sweep = {{1500, 9000}, 1.5, 4}},
            {.part = Part::sweeps,
             .octave = 6,
             .instrument = kChirp,
             .level_db = -4,
             .role = Role::sustained},
            {.part = Part::pulse_bass, .octave = 2, .instrument = kSquare, .level_db = -4, .chance = 0.7}},
       .bus_pump = 0.9});
  all.push_back(
      {.subgenre = "Trap",
       .genres = {"Hip-Hop"},
       .tempo_bpm = {126, 150},
       .modes = {Mode::minor, Mode::phrygian},
       .progressions = {{0, 0, 5, 4}, {0, 3}, {0, 0, 1, 1}},
       .forms = {Form::steady, Form::verses, Form::breakdown},
       .grooves = kHalfTime,
       .drums_db = -1,
       .layers = {kRap,
                  at_level(kSubBass, 1, 1),
                  {.part = Part::bells, .octave = 5, .instrument = kBell, .level_db = -8, .chance = 0.6},
                  at_level(kAmbientPad, -14, 0.25)}});
  all.push_back({.subgenre = "Boom Bap",
                 .genres = {"Hip-Hop"},
                 .tempo_bpm = {84, 100},
                 .swing = {0.52, 0.6},
                 .modes = {Mode::dorian, Mode::minor},
                 .progressions = {{0, 3}, {0, 0, 3, 4}, {1, 4}},
                 .chord_notes = 4,
                 .forms = {Form::steady, Form::verses, Form::breakdown},
                 .grooves = kBreakbeat,
                 .drums_db = 0,
                 .layers = {kRap, kSubBass, at_level(kPianoComp, -9, 0.6)},
                 .crackle_chance = 0.5});
  all.push_back({.subgenre = "Jazz Rap",
                 .genres = {"Hip-Hop", "Jazz"},
                 .tempo_bpm = {86, 108},
                 .swing = {0.56, 0.64},
                 .modes = {Mode::dorian, Mode::mixolydian},
                 .progressions = {{1, 4, 0, 0}, {0, 3, 1, 4}},
                 .chord_notes = 4,
                 .forms = {Form::steady, Form::verses},
                 .grooves = {{{Drum::kick, "x.....x...x....."},
                              {Drum::snare, "....x.......x..."},
                              {Drum::ride, "x...x.x.x...x.x."}}},
                 .drums_db = -2,
                 .layers = {kRap, at_level(kSaxSolo, -1, 1), kWalkingBass, kBrushedSnare,
                            at_level(kSubBass, -4, 1), kPianoComp},
                 .crackle_chance = 0.4});
  all.push_back({.subgenre = "Swing",
                 .genres = {"Jazz"},
                 .tempo_bpm = {120, 190},
                 .swing = {0.62, 0.68},
                 .modes = {Mode::mixolydian, Mode::dorian, Mode::major},
                 .progressions = {{1, 4, 0, 5}, {0, 5, 1, 4}, {0, 3, 0, 4}},
                 .chord_notes = 4,
                 .forms = {Form::steady, Form::verses, Form::build},
                 .grooves = kRideSwing,
                 .drums_db = -4,
                 .layers = {kSaxSolo, kWalkingBass, kBrushedSnare, kPianoComp},
                 .crackle_chance = 0.3});
  all.push_back({.subgenre = "Bossa Nova",
                 .genres = {"Jazz"},
                 .tempo_bpm = {110, 145},
                 .modes = {Mode::major, Mode::dorian, Mode::lydian},
                 .progressions = {{1, 4, 0, 0}, {0, 1, 2, 1}, {0, 5, 1, 4}},
                 .chord_notes = 5,
                 .forms = {Form::steady, Form::verses, Form::build},
                 .grooves = kBossa,
                 .drums_db = -5,
                 .layers = {{.part = Part::solo, .octave = 5, .instrument = kFlute, .level_db = 0},
                            kWalkingBass,
                            kBrushedSnare,
                            {.part = Part::comp, .octave = 3, .instrument = kNylon, .level_db = -2}}});
  all.push_back({.subgenre = "Jazz Fusion",
                 .genres = {"Jazz", "Rock"},
                 .tempo_bpm = {100, 135},
                 .modes = {Mode::dorian, Mode::mixolydian},
                 .progressions = {{0, 3}, {0, 6, 3, 4}, {1, 4, 0, 5}},
                 .chord_notes = 4,
                 .forms = {Form::steady, Form::verses, Form::breakdown},
                 .grooves = {{{Drum::kick, "x.......x.x....."},
                              {Drum::snare, "....x.......x..."},
                              {Drum::ride, "x.x.x.x.x.x.x.x."}}},
                 .drums_db = -3,
                 .layers = {at_level(kSaxSolo, 4, 1), kWalkingBass, kBrushedSnare,
                            at_level(kDistortedStrum, 2, 1), kPianoComp}});
  all.push_back({.subgenre = "Garage Rock",
                 .genres = {"Rock"},
                 .tempo_bpm = {115, 165},
                 .modes = {Mode::major, Mode::mixolydian, Mode::minor},
                 .progressions = {{0, 3, 4, 3}, {0, 6, 3, 0}, {0, 4, 5, 3}},
                 .forms = {Form::steady, Form::verses, Form::breakdown, Form::build},
                 .grooves = kBackbeat,
                 .drums_db = -2,
                 .layers = {kDistortedStrum,
                            kRockBass,
                            {.part = Part::solo,
                             .octave = 4,
                             .instrument = kLeadGuitar,
                             .level_db = -5,
                             .chance = 0.3,
                             .drive_db = 20}},
                 .reverb_s = {0.3, 0.8}});
  all.push_back({.subgenre = "Metal",
                 .genres = {"Rock"},
                 .tempo_bpm = {110, 160},
                 .modes = {Mode::phrygian, Mode::minor},
                 .progressions = {{0, 0, 1, 0}, {0, 5, 6, 0}, {0, 1, 0, 4}},
                 .forms = {Form::steady, Form::verses, Form::breakdown, Form::build},
                 .grooves = kBlast,
                 .drums_db = -2,
                 .layers = {kDistortedChug, at_level(kDistortedStrum, -3, 0.5), kRockBass},
                 .reverb_s = {0.3, 0.8}});
  all.push_back({.subgenre = "Symphonic Rock",
                 .genres = {"Classical", "Rock"},
                 .tempo_bpm = {100, 140},
                 .modes = {Mode::minor, Mode::major},
                 .progressions = {{0, 5, 2, 6}, {0, 5, 3, 4}},
                 .forms = {Form::steady, Form::verses, Form::breakdown},
                 .grooves = kBackbeat,
                 .drums_db = -5,
                 .layers = {at_level(kStringLines, 5, 1), at_level(kDistortedStrum, 0, 1), kRockBass},
                 .reverb_s = {0.5, 1.5}});
  all.push_back({.subgenre = "String Quartet",
                 .genres = {"Classical"},
                 .tempo_bpm = {70, 120},
                 .modes = {Mode::major, Mode::minor, Mode::dorian},
                 .progressions = {{0, 4, 5, 3}, {0, 3, 4, 0}, {0, 5, 1, 4}},
                 .forms = {Form::steady, Form::arc, Form::verses},
                 .layers = {kStringLines,
                            {.part = Part::lines,
                             .octave = 3,
                             .instrument = kStrings,
                             .level_db = -3,
                             .chance = 0.7,
                             .role = Role::sustained}},
                 .reverb_s = {0.8, 2}});
  all.push_back(
      {.subgenre = "Organ Music",
       .genres = {"Classical"},
       .tempo_bpm = {66, 110},
       .modes = {Mode::minor, Mode::major, Mode::dorian},
       .progressions = {{0, 3, 4, 0}, {0, 4, 5, 2}, {0, 5, 3, 4}},
       .forms = {Form::steady, Form::arc, Form::verses},
       .layers =
           {{.part = Part::lines, .octave = 4, .instrument = kPipes, .level_db = 0, .role = Role::sustained},
            {.part = Part::pad,
             .octave = 2,
             .instrument = kPipes,
             .level_db = -5,
             .chance = 0.6,
             .role = Role::sustained}},
       .reverb_s = {1.2, 3}});
  return all;
}

}  // namespace

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> all = make_recipes();
  return all;
}

}  // namespace gamut::demo
