#include <vector>

#include "fuzz/fuzz_input.h"
#include "gamut/catalogue/split.h"
#include "gamut/core/error.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<catalogue::Song> songs = [] {
    std::vector<catalogue::Song> list(2);
    list[0].name = "a";
    list[1].name = "b";
    return list;
  }();
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError, CatalogueError>([&] {
    if (catalogue::load_split(path, songs).size() != songs.size()) __builtin_trap();
  });
  return 0;
}
