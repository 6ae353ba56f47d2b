// What a child that decodes an upload writes, should its file have taken it over.
#include "apps/server/decode_protocol.h"
#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  server::DecodeRequest request;
  request.front_ends = {Json{{"picture_width", 2}, {"picture_height", 1}}};
  request.max_picture_bytes = 1 << 20;
  fuzz::expect_result_or<Error>([&] {
    const server::DecodedUpload upload = server::decode_answer(fuzz::as_text({data, size}), request);
    for (const spectra::SegmentPicture& segment : upload.sets.at(0).pictures) {
      const spectra::Picture& picture = segment.picture;
      const int n_pixels = picture.planes * picture.height * picture.width;
      if (picture.indices.size() != static_cast<std::size_t>(n_pixels)) __builtin_trap();
    }
  });
  return 0;
}
