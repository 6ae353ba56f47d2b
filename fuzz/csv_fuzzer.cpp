#include "fuzz/fuzz_input.h"
#include "gamut/core/csv.h"
#include "gamut/core/error.h"

using namespace gamut;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = fuzz::in_file({data, size});
  fuzz::expect_result_or<FileError>([&] {
    CsvReader csv(path);
    while (csv.next()) {
      if (csv.fault().empty() && csv.fields().size() != csv.columns().size()) __builtin_trap();
      // What is read can be written again.
      const std::string row = csv_row(csv.fields());
      if (row.empty()) __builtin_trap();
    }
  });
  return 0;
}
