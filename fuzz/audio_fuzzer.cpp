// FFmpeg itself is not instrumented: what is found in it shows as a crash, a hang or memory without bound.
#include "fuzz/fuzz_input.h"
#include "gamut/audio/decode.h"
#include "gamut/core/error.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<DecodeError>([&] {
    const audio::Recording recording = audio::decode(path, {.max_duration_s = 600});
    if (recording.signals.empty() || recording.signals.front().empty()) __builtin_trap();
    if ((recording.outcome == Outcome::partial) == recording.reason.empty()) __builtin_trap();
  });
  return 0;
}
