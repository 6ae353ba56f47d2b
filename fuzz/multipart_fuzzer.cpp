// The first line is the Content-Type, the rest the body.
#include <algorithm>

#include "apps/server/http_error.h"
#include "apps/server/multipart.h"
#include "fuzz/fuzz_input.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text({data, size});
  const std::string_view type = input.substr(0, input.find('\n'));
  const std::string_view body = input.substr(std::min(input.size(), type.size() + 1));
  fuzz::expect_result_or<server::HttpError>([&] {
    const char* last = body.data();
    for (const server::FormPart& part : server::parse_multipart(type, body)) {
      // In order, apart, and within the body.
      if (part.contents.data() < last) __builtin_trap();
      last = part.contents.data() + part.contents.size();
      if (last > body.data() + body.size()) __builtin_trap();
    }
  });
  return 0;
}
