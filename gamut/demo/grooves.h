#pragma once

#include <vector>

#include "gamut/demo/drums.h"

// What the drummers of the built-in music play, named after the style.
namespace gamut::demo {

inline const std::vector<Groove> kFourOnTheFloor{
    {{Drum::kick, "x...x...x...x..."},
     {Drum::open_hat, "..x...x...x...x."},
     {Drum::clap, "....x.......x..."}},
    {{Drum::kick, "x...x...x...x..."}, {Drum::hat, "xoxoxoxoxoxoxoxo"}},
    {{Drum::kick, "x...x...x...x..x"},
     {Drum::open_hat, "..x...x...x...x."},
     {Drum::hat, "oooooooooooooooo"}}};
inline const std::vector<Groove> kBackbeat{
    {{Drum::kick, "x.......x.x....."},
     {Drum::snare, "....x.......x..."},
     {Drum::hat, "x.x.x.x.x.x.x.x."},
     {Drum::crash, "x..............."}},
    {{Drum::kick, "x.....x.x......."}, {Drum::snare, "....x.......x..."}, {Drum::crash, "x...x...x...x..."}}};
inline const std::vector<Groove> kBlast{
    {{Drum::kick, "xxxxxxxxxxxxxxxx"}, {Drum::snare, "....x.......x..."}, {Drum::crash, "x.......x......."}},
    {{Drum::kick, "x.xxx.xxx.xxx.xx"}, {Drum::snare, "..x...x...x...x."}, {Drum::crash, "x..............."}}};
inline const std::vector<Groove> kBreakbeat{
    {{Drum::kick, "x..x......x....."}, {Drum::snare, "....x.......x..o"}, {Drum::hat, "x.x.x.x.x.x.x.x."}},
    {{Drum::kick, "x.....x...x....."},
     {Drum::snare, "....x..o....x..."},
     {Drum::shaker, "x.x.x.x.x.x.x.x."}}};
inline const std::vector<Groove> kHalfTime{
    {{Drum::kick, "x.....x........."}, {Drum::clap, "........x......."}, {Drum::hat, "x.x.x.x.xxxxx.x."}},
    {{Drum::kick, "x.........x..x.."}, {Drum::clap, "........x......."}, {Drum::hat, "x.xxx.x.x.x.xxxx"}}};
inline const std::vector<Groove> kRideSwing{
    {{Drum::ride, "x...x.x.x...x.x."}, {Drum::hat, "....x.......x..."}},
    {{Drum::ride, "x...x.x.x...x.x."}, {Drum::kick, "o.......o......."}, {Drum::snare, "......o.......o."}}};
inline const std::vector<Groove> kBossa{
    {{Drum::rim, "x..x..x...x..x.."}, {Drum::shaker, "xoxoxoxoxoxoxoxo"}, {Drum::kick, "o..oo..oo..oo..o"}},
    {{Drum::rim, "x.....x..x..x..."}, {Drum::ride, "x.x.x.x.x.x.x.x."}}};

}  // namespace gamut::demo
