// An experiment's file, and its front-end options.
#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/toml.h"
#include "gamut/spectra/front_end_options.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::expect_result_or<ParameterError>([&] {
    const Json table = parse_toml(std::string(fuzz::as_text({data, size})), "input");
    try {
      parse_toml(dump_toml(table), "again");
    } catch (const ParameterError&) {
      __builtin_trap();  // a run's configuration is written and read again
    }
    spectra::front_end_options_from_json(table);
  });
  return 0;
}
