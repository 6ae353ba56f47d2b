// The input is a file of the format before 1.6, which has no checksums, or the pickle of an archive of either
// format, made around it: what the pickle says of storages meets the bytes that are there.
#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/weights/legacy_pth.h"
#include "gamut/weights/pth.h"
#include "tests/weights/make_files.h"

using namespace gamut;

namespace {

void parse(std::string_view file) {
  fuzz::expect_result_or<ModelError>([&] { weights::parse_pth(weights::test::as_bytes(file), "input"); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(fuzz::as_text({data, size}));
  if (weights::is_legacy_pth(weights::test::as_bytes(input))) {
    parse(input);
    return 0;
  }
  const std::string first(16, '\1');
  const std::string second(64, '\2');
  parse(weights::test::make_pth(input, {first, second}));
  parse(weights::test::make_legacy_pth(input, {{"0", 4, first}, {"1", 8, second}}));
  return 0;
}
