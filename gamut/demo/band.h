#pragma once

#include "gamut/demo/recipe.h"

// The instruments of the built-in music, and the players that make a genre.
namespace gamut::demo {

inline constexpr double kWholeNote = 1e3;  // a glide as long as the note

inline const Instrument kPad{
    .rolloff = 1.2, .attack_s = 0.9, .decay_s = 2, .sustain = 0.9, .release_s = 0.9, .detune_cents = 9};
inline const Instrument kDrone{
    .rolloff = 0.9, .attack_s = 1.5, .decay_s = 3, .sustain = 1, .release_s = 1, .detune_cents = 5};
inline const Instrument kWind{.synthesis = Synthesis::noise,
                              .attack_s = 1.2,
                              .sustain = 1,
                              .release_s = 0.8,
                              .glide_s = kWholeNote,
                              .noise_quality = 5};
inline const Instrument kStrings{.rolloff = 0.6,
                                 .attack_s = 0.07,
                                 .decay_s = 0.6,
                                 .sustain = 0.8,
                                 .release_s = 0.06,
                                 .vibrato_semitones = 0.45,
                                 .vibrato_hz = 5.6};
inline const Instrument kPipes{
    .partials = Partials::octaves, .rolloff = 0.45, .attack_s = 0.02, .sustain = 1, .release_s = 0.03};
inline const Instrument kSaw{
    .rolloff = 1, .attack_s = 0.004, .decay_s = 0.12, .sustain = 0.35, .release_s = 0.03, .detune_cents = 6};
inline const Instrument kSquare{
    .partials = Partials::odd, .rolloff = 1, .attack_s = 0.002, .sustain = 0.9, .release_s = 0.005};
inline const Instrument kRiser{.synthesis = Synthesis::noise,
                               .attack_s = 0.2,
                               .sustain = 1,
                               .release_s = 0.03,
                               .glide_s = kWholeNote,
                               .noise_quality = 12};
inline const Instrument kChirp{.partials = Partials::odd,
                               .rolloff = 2,
                               .attack_s = 0.02,
                               .sustain = 1,
                               .release_s = 0.02,
                               .glide_s = kWholeNote};
inline const Instrument kElectricPiano{.synthesis = Synthesis::fm,
                                       .attack_s = 0.004,
                                       .decay_s = 0.5,
                                       .sustain = 0.1,
                                       .release_s = 0.1,
                                       .fm_ratio = 1,
                                       .fm_index = 2.2};
inline const Instrument kNylon{
    .synthesis = Synthesis::pluck, .rolloff = 3, .attack_s = 0.001, .decay_s = 1.4, .sustain = 1};
inline const Instrument kBell{.synthesis = Synthesis::fm,
                              .attack_s = 0.003,
                              .decay_s = 0.9,
                              .sustain = 0.02,
                              .release_s = 0.8,
                              .fm_ratio = 3.53,
                              .fm_index = 3};
inline const Instrument kGuitar{
    .rolloff = 0.8, .attack_s = 0.004, .decay_s = 0.5, .sustain = 0.6, .release_s = 0.03, .detune_cents = 7};
inline const Instrument kLeadGuitar{.rolloff = 0.9,
                                    .attack_s = 0.01,
                                    .sustain = 0.9,
                                    .release_s = 0.05,
                                    .vibrato_semitones = 0.5,
                                    .vibrato_hz = 6,
                                    .glide_s = 0.15};
inline const Instrument kSaxophone{.rolloff = 0.7,
                                   .attack_s = 0.04,
                                   .decay_s = 0.4,
                                   .sustain = 0.75,
                                   .release_s = 0.04,
                                   .vibrato_semitones = 0.3,
                                   .vibrato_hz = 5,
                                   .glide_s = 0.22};
inline const Instrument kFlute{.rolloff = 1.9,
                               .attack_s = 0.06,
                               .sustain = 0.9,
                               .release_s = 0.05,
                               .vibrato_semitones = 0.25,
                               .vibrato_hz = 5,
                               .glide_s = 0.18};
inline const Instrument kUpright{
    .rolloff = 1.5, .attack_s = 0.01, .decay_s = 0.35, .sustain = 0.35, .release_s = 0.05};
inline const Instrument kBassGuitar{
    .rolloff = 1.2, .attack_s = 0.006, .decay_s = 0.3, .sustain = 0.6, .release_s = 0.04};
inline const Instrument kSub{
    .rolloff = 2.2, .attack_s = 0.01, .decay_s = 1.2, .sustain = 0.6, .release_s = 0.08, .glide_s = 0.25};
inline const Instrument kBrushes{.synthesis = Synthesis::noise,
                                 .attack_s = 0.12,
                                 .sustain = 1,
                                 .release_s = 0.08,
                                 .glide_s = kWholeNote,
                                 .noise_quality = 4};
inline const Instrument kRapper{.synthesis = Synthesis::voice,
                                .rolloff = 0.6,
                                .attack_s = 0.012,
                                .sustain = 0.9,
                                .release_s = 0.02,
                                .glide_s = kWholeNote};

// The players that make a genre.
inline const Layer kAmbientPad{.part = Part::pad,
                               .octave = 3,
                               .instrument = kPad,
                               .level_db = 0,
                               .role = Role::sustained,
                               .sweep = {{500, 5000}, 1.5, 7}};
inline const Layer kAmbientWind{
    .part = Part::swells, .octave = 6, .instrument = kWind, .level_db = -4, .role = Role::sustained};
inline const Layer kStringLines{
    .part = Part::lines, .octave = 4, .instrument = kStrings, .level_db = 0, .role = Role::sustained};
inline const Layer kFilteredArpeggio{.part = Part::arpeggio,
                                     .octave = 4,
                                     .instrument = kSaw,
                                     .level_db = -2,
                                     .sweep = {{400, 6500}, 3, 4},
                                     .pump = 0.5};
inline const Layer kNoiseRiser{
    .part = Part::sweeps, .octave = 6, .instrument = kRiser, .level_db = 0, .role = Role::sustained};
inline const Layer kRap{.part = Part::rap, .octave = 3, .instrument = kRapper, .level_db = 4};
inline const Layer kSubBass{.part = Part::sub_bass, .octave = 1, .instrument = kSub, .level_db = 0};
inline const Layer kWalkingBass{
    .part = Part::walking_bass, .octave = 2, .instrument = kUpright, .level_db = -2};
inline const Layer kSaxSolo{.part = Part::solo, .octave = 4, .instrument = kSaxophone, .level_db = 0};
inline const Layer kPianoComp{
    .part = Part::comp, .octave = 4, .instrument = kElectricPiano, .level_db = -5, .chance = 0.8};
inline const Layer kBrushedSnare{.part = Part::brushes, .octave = 8, .instrument = kBrushes, .level_db = -3};
inline const Layer kDistortedStrum{
    .part = Part::strum, .octave = 2, .instrument = kGuitar, .level_db = 2, .drive_db = 30};
inline const Layer kDistortedChug{
    .part = Part::chug, .octave = 2, .instrument = kGuitar, .level_db = 2, .drive_db = 38};
inline const Layer kRockBass{.part = Part::pulse_bass,
                             .octave = 1,
                             .instrument = kBassGuitar,
                             .level_db = -4,
                             .chance = 0.8,
                             .drive_db = 12};

}  // namespace gamut::demo
