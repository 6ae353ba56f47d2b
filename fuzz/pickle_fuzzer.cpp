#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/weights/pickle.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::expect_result_or<ModelError>(
      [&] { weights::parse_state_dict(std::as_bytes(fuzz::Bytes(data, size)), "input"); });
  return 0;
}
