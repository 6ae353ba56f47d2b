#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gamut::catalogue {

/// What is longer is taken for another unit or for rubbish; eleven days. Origin: ours.
inline constexpr double kLongestDeclaredS = 1e6;

/// Whether a song can be so long: above 0 s, up to kLongestDeclaredS.
bool is_length(double seconds);

/// Reads the lengths that a source declares of its songs. A field that is none is passed over and counted,
/// since a song that is there is no worse for it.
class DeclaredLengths {
 public:
  /// @param field  as the source has it; empty or 0 where it does not know.
  /// @param line   of `file`, counted from 1; 0 where that says nothing.
  /// @return seconds; none where the field is empty, 0, or not is_length().
  std::optional<double> read(std::string_view field, const std::filesystem::path& file, std::size_t line = 0);

  /// Adds one line about all fields that were passed over, where there are any.
  void warn(std::vector<std::string>& warnings) const;

 private:
  std::size_t passed_over_ = 0;
  std::string first_;  ///< of them, with file and line
};

}  // namespace gamut::catalogue
