// The input is the pickle of an archive, made around it so that checksums do not stand in the way: what the
// pickle says of storages meets the bytes that are there.
#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/weights/pth.h"
#include "tests/weights/make_files.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string archive = weights::test::make_pth(std::string(fuzz::as_text({data, size})),
                                                      {std::string(16, '\1'), std::string(64, '\2')});
  fuzz::expect_result_or<ModelError>([&] { weights::parse_pth(weights::test::as_bytes(archive), "input"); });
  return 0;
}
