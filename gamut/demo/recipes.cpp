// The subgenres as data. What they have of a genre in common: Ambient, slow pads and glides of wind;
// Classical, legato lines; Electronic, filtered arpeggios and risers; Hip-Hop, a rapper over sub-bass; Jazz,
// a bending solo over walking bass; Rock, distorted chords.
#include "gamut/demo/recipe.h"

namespace gamut::demo {
namespace {

constexpr double kWholeNote = 1e3;  // a glide as long as the note

const Instrument kPad{
    .rolloff = 1.2, .attack_s = 0.9, .decay_s = 2, .sustain = 0.9, .release_s = 0.9, .detune_cents = 9};
const Instrument kDrone{
    .rolloff = 0.9, .attack_s = 1.5, .decay_s = 3, .sustain = 1, .release_s = 1, .detune_cents = 5};
const Instrument kWind{.synthesis = Synthesis::noise,
                       .attack_s = 1.2,
                       .sustain = 1,
                       .release_s = 0.8,
                       .glide_s = kWholeNote,
                       .noise_quality = 5};
const Instrument kStrings{.rolloff = 0.6,
                          .attack_s = 0.07,
                          .decay_s = 0.6,
                          .sustain = 0.8,
                          .release_s = 0.06,
                          .vibrato_semitones = 0.45,
                          .vibrato_hz = 5.6};
const Instrument kPipes{
    .partials = Partials::octaves, .rolloff = 0.45, .attack_s = 0.02, .sustain = 1, .release_s = 0.03};
const Instrument kSaw{
    .rolloff = 1, .attack_s = 0.004, .decay_s = 0.12, .sustain = 0.35, .release_s = 0.03, .detune_cents = 6};
const Instrument kSquare{
    .partials = Partials::odd, .rolloff = 1, .attack_s = 0.002, .sustain = 0.9, .release_s = 0.005};
const Instrument kRiser{.synthesis = Synthesis::noise,
                        .attack_s = 0.2,
                        .sustain = 1,
                        .release_s = 0.03,
                        .glide_s = kWholeNote,
                        .noise_quality = 12};
const Instrument kChirp{.partials = Partials::odd,
                        .rolloff = 2,
                        .attack_s = 0.02,
                        .sustain = 1,
                        .release_s = 0.02,
                        .glide_s = kWholeNote};
const Instrument kElectricPiano{.synthesis = Synthesis::fm,
                                .attack_s = 0.004,
                                .decay_s = 0.5,
                                .sustain = 0.1,
                                .release_s = 0.1,
                                .fm_ratio = 1,
                                .fm_index = 2.2};
const Instrument kNylon{
    .synthesis = Synthesis::pluck, .rolloff = 3, .attack_s = 0.001, .decay_s = 1.4, .sustain = 1};
const Instrument kBell{.synthesis = Synthesis::fm,
                       .attack_s = 0.003,
                       .decay_s = 0.9,
                       .sustain = 0.02,
                       .release_s = 0.8,
                       .fm_ratio = 3.53,
                       .fm_index = 3};
const Instrument kGuitar{
    .rolloff = 0.8, .attack_s = 0.004, .decay_s = 0.5, .sustain = 0.6, .release_s = 0.03, .detune_cents = 7};
const Instrument kLeadGuitar{.rolloff = 0.9,
                             .attack_s = 0.01,
                             .sustain = 0.9,
                             .release_s = 0.05,
                             .vibrato_semitones = 0.5,
                             .vibrato_hz = 6,
                             .glide_s = 0.15};
const Instrument kSaxophone{.rolloff = 0.7,
                            .attack_s = 0.04,
                            .decay_s = 0.4,
                            .sustain = 0.75,
                            .release_s = 0.04,
                            .vibrato_semitones = 0.3,
                            .vibrato_hz = 5,
                            .glide_s = 0.22};
const Instrument kFlute{.rolloff = 1.9,
                        .attack_s = 0.06,
                        .sustain = 0.9,
                        .release_s = 0.05,
                        .vibrato_semitones = 0.25,
                        .vibrato_hz = 5,
                        .glide_s = 0.18};
const Instrument kUpright{
    .rolloff = 1.5, .attack_s = 0.01, .decay_s = 0.35, .sustain = 0.35, .release_s = 0.05};
const Instrument kBassGuitar{
    .rolloff = 1.2, .attack_s = 0.006, .decay_s = 0.3, .sustain = 0.6, .release_s = 0.04};
const Instrument kSub{
    .rolloff = 2.2, .attack_s = 0.01, .decay_s = 1.2, .sustain = 0.6, .release_s = 0.08, .glide_s = 0.25};
const Instrument kBrushes{.synthesis = Synthesis::noise,
                          .attack_s = 0.12,
                          .sustain = 1,
                          .release_s = 0.08,
                          .glide_s = kWholeNote,
                          .noise_quality = 4};
const Instrument kRapper{.synthesis = Synthesis::voice,
                         .rolloff = 0.6,
                         .attack_s = 0.012,
                         .sustain = 0.9,
                         .release_s = 0.02,
                         .glide_s = kWholeNote};

// The players that make a genre.
const Layer kAmbientPad{.part = Part::pad,
                        .octave = 3,
                        .instrument = kPad,
                        .level_db = 0,
                        .role = Role::sustained,
                        .sweep = {{500, 5000}, 1.5, 7}};
const Layer kAmbientWind{
    .part = Part::swells, .octave = 6, .instrument = kWind, .level_db = -4, .role = Role::sustained};
const Layer kStringLines{
    .part = Part::lines, .octave = 4, .instrument = kStrings, .level_db = 0, .role = Role::sustained};
const Layer kFilteredArpeggio{.part = Part::arpeggio,
                              .octave = 4,
                              .instrument = kSaw,
                              .level_db = -2,
                              .sweep = {{400, 6500}, 3, 4},
                              .pump = 0.5};
const Layer kNoiseRiser{
    .part = Part::sweeps, .octave = 6, .instrument = kRiser, .level_db = 0, .role = Role::sustained};
const Layer kRap{.part = Part::rap, .octave = 3, .instrument = kRapper, .level_db = 4};
const Layer kSubBass{.part = Part::sub_bass, .octave = 1, .instrument = kSub, .level_db = 0};
const Layer kWalkingBass{.part = Part::walking_bass, .octave = 2, .instrument = kUpright, .level_db = -2};
const Layer kSaxSolo{.part = Part::solo, .octave = 4, .instrument = kSaxophone, .level_db = 0};
const Layer kPianoComp{
    .part = Part::comp, .octave = 4, .instrument = kElectricPiano, .level_db = -5, .chance = 0.8};
const Layer kBrushedSnare{.part = Part::brushes, .octave = 8, .instrument = kBrushes, .level_db = -3};
const Layer kDistortedStrum{
    .part = Part::strum, .octave = 2, .instrument = kGuitar, .level_db = 2, .drive_db = 30};
const Layer kDistortedChug{
    .part = Part::chug, .octave = 2, .instrument = kGuitar, .level_db = 2, .drive_db = 38};
const Layer kRockBass{.part = Part::pulse_bass,
                      .octave = 1,
                      .instrument = kBassGuitar,
                      .level_db = -4,
                      .chance = 0.8,
                      .drive_db = 12};

Layer at_level(Layer layer, double level_db, double chance) {
  layer.level_db = level_db;
  layer.chance = chance;
  return layer;
}

const std::vector<Groove> kFourOnTheFloor{{{Drum::kick, "x...x...x...x..."},
                                           {Drum::open_hat, "..x...x...x...x."},
                                           {Drum::clap, "....x.......x..."}},
                                          {{Drum::kick, "x...x...x...x..."}, {Drum::hat, "xoxoxoxoxoxoxoxo"}},
                                          {{Drum::kick, "x...x...x...x..x"},
                                           {Drum::open_hat, "..x...x...x...x."},
                                           {Drum::hat, "oooooooooooooooo"}}};
const std::vector<Groove> kBackbeat{
    {{Drum::kick, "x.......x.x....."},
     {Drum::snare, "....x.......x..."},
     {Drum::hat, "x.x.x.x.x.x.x.x."},
     {Drum::crash, "x..............."}},
    {{Drum::kick, "x.....x.x......."}, {Drum::snare, "....x.......x..."}, {Drum::crash, "x...x...x...x..."}}};
const std::vector<Groove> kBlast{
    {{Drum::kick, "xxxxxxxxxxxxxxxx"}, {Drum::snare, "....x.......x..."}, {Drum::crash, "x.......x......."}},
    {{Drum::kick, "x.xxx.xxx.xxx.xx"}, {Drum::snare, "..x...x...x...x."}, {Drum::crash, "x..............."}}};
const std::vector<Groove> kBreakbeat{
    {{Drum::kick, "x..x......x....."}, {Drum::snare, "....x.......x..o"}, {Drum::hat, "x.x.x.x.x.x.x.x."}},
    {{Drum::kick, "x.....x...x....."},
     {Drum::snare, "....x..o....x..."},
     {Drum::shaker, "x.x.x.x.x.x.x.x."}}};
const std::vector<Groove> kHalfTime{
    {{Drum::kick, "x.....x........."}, {Drum::clap, "........x......."}, {Drum::hat, "x.x.x.x.xxxxx.x."}},
    {{Drum::kick, "x.........x..x.."}, {Drum::clap, "........x......."}, {Drum::hat, "x.xxx.x.x.x.xxxx"}}};
const std::vector<Groove> kRideSwing{
    {{Drum::ride, "x...x.x.x...x.x."}, {Drum::hat, "....x.......x..."}},
    {{Drum::ride, "x...x.x.x...x.x."}, {Drum::kick, "o.......o......."}, {Drum::snare, "......o.......o."}}};
const std::vector<Groove> kBossa{
    {{Drum::rim, "x..x..x...x..x.."}, {Drum::shaker, "xoxoxoxoxoxoxoxo"}, {Drum::kick, "o..oo..oo..oo..o"}},
    {{Drum::rim, "x.....x..x..x..."}, {Drum::ride, "x.x.x.x.x.x.x.x."}}};

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
                 .layers = {at_level(kSaxSolo, 1, 1), kWalkingBass, kBrushedSnare,
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
                 .layers = {at_level(kStringLines, 2, 1), at_level(kDistortedStrum, 2, 1), kRockBass},
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
