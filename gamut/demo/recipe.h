#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/demo/drums.h"
#include "gamut/demo/effects.h"
#include "gamut/demo/form.h"
#include "gamut/demo/instrument.h"
#include "gamut/demo/parts.h"

namespace gamut::demo {

/// One player of a band.
struct Layer {
  Part part = Part::pad;
  int octave = 4;
  Instrument instrument;
  double level_db = 0;  ///< RMS against the other layers
  double chance = 1;    ///< of playing in a song; 1 marks what makes the subgenre
  Role role = Role::rhythmic;
  double drive_db = 0;  ///< 0: clean
  FilterSweep sweep = {};
  double pump = 0;
};

/// How the songs of a subgenre are made.
struct Recipe {
  std::string subgenre = {};
  std::vector<std::string> genres = {};
  Range tempo_bpm = {90, 120};
  Range swing = {0.5, 0.5};
  std::vector<Mode> modes = {};
  std::vector<std::vector<int>> progressions = {};
  int chord_notes = 3;
  std::vector<int> bars_per_chord = {1};
  std::vector<Form> forms = {};
  std::vector<Groove> grooves = {};  ///< none: no drums
  double drums_db = 0;
  std::vector<Layer> layers = {};
  Range reverb_s = {0.4, 1.2};
  double bus_pump = 0;          ///< ducks the whole mix on the beat, see pump()
  double crackle_chance = 0.1;  ///< of a worn record
};

/// All subgenres of the built-in music.
const std::vector<Recipe>& recipes();

/// @throws ParameterError  no such subgenre.
const Recipe& recipe_of(std::string_view subgenre);

/// A song in two styles: the first one's tempo, harmony and form, with what makes either of them.
Recipe blend(const Recipe& first, const Recipe& second);

}  // namespace gamut::demo
