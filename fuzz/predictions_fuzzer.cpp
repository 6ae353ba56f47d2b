#include "fuzz/fuzz_input.h"
#include "gamut/core/error.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/results.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError, ParameterError>([&] {
    const evaluation::Predictions predictions = evaluation::load_predictions(path);
    try {
      evaluation::validate(predictions);
    } catch (const ParameterError&) {
      __builtin_trap();  // what the reader lets in must be what the other functions take
    }
  });
  fuzz::expect_result_or<FileError, ParameterError>([&] { evaluation::load_results(path); });
  return 0;
}
