// The input is pictures.json, a zero byte, and pictures.npy.
#include <algorithm>
#include <fstream>

#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/features/picture_store.h"

using namespace gamut;

namespace {

void write(const char* name, fuzz::Bytes bytes) {
  std::ofstream(fuzz::scratch_directory() / name, std::ios::binary) << fuzz::as_text(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Bytes input(data, size);
  const auto end = std::ranges::find(input, std::uint8_t{0});
  const auto json_size = static_cast<std::size_t>(end - input.begin());
  write("pictures.json", input.first(json_size));
  write("pictures.npy", input.subspan(std::min(size, json_size + 1)));
  fuzz::expect_result_or<FileError>([&] {
    const features::PictureStore store(fuzz::scratch_directory());
    if (store.rows() > 0) {
      store.picture(store.rows() - 1);
      store.checksum(0);
    }
  });
  return 0;
}
