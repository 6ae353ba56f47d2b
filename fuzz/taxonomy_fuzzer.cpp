#include "fuzz/fuzz_input.h"
#include "gamut/catalogue/taxonomy.h"
#include "gamut/core/error.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError, CatalogueError>([&] { catalogue::Taxonomy::load(path); });
  return 0;
}
