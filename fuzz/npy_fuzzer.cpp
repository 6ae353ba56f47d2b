#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/core/npy.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError>([&] { load_npy_float(path); });
  fuzz::expect_result_or<FileError>([&] { load_npy_bytes(path); });
  return 0;
}
