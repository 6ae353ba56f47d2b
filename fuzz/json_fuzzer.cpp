#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError>([&] {
    const Json json = load_json(path);
    if (Json::parse(dump_json(json)) != json) __builtin_trap();
  });
  return 0;
}
