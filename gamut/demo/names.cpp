#include "gamut/demo/names.h"

#include <array>
#include <string_view>

#include "gamut/core/error.h"

namespace gamut::demo {
namespace {

// Colours, materials and weather with parts of buildings and instruments of measurement: no one's name.
constexpr std::array<std::string_view, 24> kAdjectives{
    "Amber",  "Basalt", "Cobalt",  "Dusky", "Eastward", "Felted", "Gilded", "Hollow",
    "Indigo", "Jade",   "Kelp",    "Linen", "Mossy",    "Nickel", "Ochre",  "Pewter",
    "Quartz", "Rusted", "Slanted", "Tidal", "Umber",    "Velvet", "Walnut", "Zinc"};
constexpr std::array<std::string_view, 24> kNouns{
    "Lattice", "Viaduct", "Sextant",   "Gantry",   "Isobar",  "Spandrel",  "Turnstile",  "Culvert",
    "Parapet", "Ledger",  "Cornice",   "Aqueduct", "Trellis", "Barometer", "Escapement", "Flywheel",
    "Gable",   "Hinge",   "Plumbline", "Keystone", "Lintel",  "Meridian",  "Ordinate",   "Pendulum"};
constexpr std::array<std::string_view, 10> kCounts{"One",   "Two",  "Three",  "Four",   "Five",
                                                   "Seven", "Nine", "Twelve", "Twenty", "Hundred"};
constexpr std::array<std::string_view, 10> kMoods{"Quiet", "Bright", "Slow",   "Distant", "Folded",
                                                  "Early", "Late",   "Hidden", "Narrow",  "Turning"};
constexpr std::array<std::string_view, 10> kThings{"Tides",   "Corridors", "Windows", "Ladders", "Rivers",
                                                   "Signals", "Gardens",   "Maps",    "Engines", "Winters"};

/// `count` different numbers below `bound`, in a random order.
std::vector<std::size_t> draw(int count, std::size_t bound, Random& random) {
  if (count < 0 || static_cast<std::size_t>(count) > bound)
    throw ParameterError("cannot invent " + std::to_string(count) + " different names; the limit is " +
                         std::to_string(bound) + " names, so ask for fewer artists, albums or songs");
  std::vector<std::size_t> numbers(bound);
  for (std::size_t i = 0; i < bound; ++i) numbers[i] = i;
  random.shuffle(std::span(numbers));
  numbers.resize(static_cast<std::size_t>(count));
  return numbers;
}

}  // namespace

std::vector<std::string> make_artist_names(int count, Random& random) {
  static_assert(kMostArtists == kAdjectives.size() * kNouns.size());
  std::vector<std::string> names;
  for (const std::size_t number : draw(count, kMostArtists, random))
    names.push_back(std::string(kAdjectives[number / kNouns.size()]) + " " +
                    std::string(kNouns[number % kNouns.size()]));
  return names;
}

std::vector<std::string> make_titles(int count, Random& random) {
  std::vector<std::string> titles;
  for (const std::size_t number : draw(count, kCounts.size() * kMoods.size() * kThings.size(), random))
    titles.push_back(std::string(kCounts[number / 100]) + " " + std::string(kMoods[number / 10 % 10]) + " " +
                     std::string(kThings[number % 10]));
  return titles;
}

}  // namespace gamut::demo
