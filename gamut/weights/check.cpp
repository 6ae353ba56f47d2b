#include "gamut/weights/check.h"

#include <fmt/core.h>

#include "gamut/core/hash.h"
#include "gamut/weights/byte_reader.h"
#include "gamut/weights/published.h"
#include "gamut/weights/tensor_file.h"

namespace gamut::weights {

CheckedFile check_weights(const std::filesystem::path& path) {
  CheckedFile checked;
  checked.sha256 = sha256_file(path);
  if (const auto start = hash_in_name(path.filename().string())) {
    checked.hash_in_name = true;
    if (!checked.sha256.starts_with(*start)) {
      refuse(path,
             fmt::format(
                 "its SHA-256 begins with {}, not with {} as its name says; the file is damaged or another "
                 "one, fetch it again",
                 checked.sha256.substr(0, start->size()), *start));
    }
  }
  checked.bytes = std::filesystem::file_size(path);
  const TensorFile file = load_tensors(path);
  checked.n_tensors = file.tensors.size();
  for (const auto& [name, tensor] : file.tensors) checked.n_numbers += element_count(tensor.shape).value();
  return checked;
}

}  // namespace gamut::weights
