#include "gamut/demo/frame.h"

#include <array>
#include <cmath>

namespace gamut::demo {
namespace {

constexpr int kDegrees = 7;

const std::array<int, kDegrees>& semitones(Mode mode) {
  static constexpr std::array<std::array<int, kDegrees>, 6> kModes{{{0, 2, 4, 5, 7, 9, 11},
                                                                    {0, 2, 3, 5, 7, 8, 10},
                                                                    {0, 2, 3, 5, 7, 9, 10},
                                                                    {0, 1, 3, 5, 7, 8, 10},
                                                                    {0, 2, 4, 6, 7, 9, 11},
                                                                    {0, 2, 4, 5, 7, 9, 10}}};
  return kModes[static_cast<std::size_t>(mode)];
}

}  // namespace

int Frame::bars() const {
  return static_cast<int>(std::ceil(duration_s / bar_s()));
}

double Frame::time_of(int bar, int step) const {
  const int beat = bar * 4 + step / 4;
  const double quarter = (step % 4) / 4.0;
  const double warped = quarter < 0.5 ? quarter * 2 * swing : swing + (quarter - 0.5) * 2 * (1 - swing);
  return (beat + warped) * beat_s();
}

int Frame::scale_pitch(int degree, int octave) const {
  const int octaves = degree >= 0 ? degree / kDegrees : -((kDegrees - 1 - degree) / kDegrees);
  return 12 * (octave + 1 + octaves) + key +
         semitones(mode)[static_cast<std::size_t>(degree - octaves * kDegrees)];
}

int Frame::chord_root(int bar) const {
  return progression[static_cast<std::size_t>(bar / bars_per_chord) % progression.size()];
}

std::vector<int> Frame::chord(int bar, int octave) const {
  std::vector<int> pitches;
  for (int i = 0; i < chord_notes; ++i) pitches.push_back(scale_pitch(chord_root(bar) + 2 * i, octave));
  return pitches;
}

}  // namespace gamut::demo
