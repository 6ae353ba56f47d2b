#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gamut/catalogue/taxonomy_rows.h"

namespace gamut::catalogue {

/// A subgenre of more genres than this is a finding. Origin: paper.
inline constexpr std::size_t kMostGenresOfASubgenre = 2;

enum class TaxonomyFault {
  malformed,       ///< a row that says nothing
  orphan,          ///< a subgenre without a genre
  cycle,           ///< names that are, over any number of rows, genres of themselves
  nested,          ///< a genre that is only a subgenre of another: who is below it does not reach that other
  too_many,        ///< a subgenre of more than two genres
  ambiguous,       ///< an alias that is also a name of another subgenre
  near_duplicate,  ///< names that differ in case, hyphens, blanks, accents or `&` alone
};

std::string_view to_string(TaxonomyFault fault);

struct TaxonomyFinding {
  TaxonomyFault fault{};
  std::string message;  ///< one line, with the line numbers of the rows
};

/// What is wrong with a taxonomy, fault by fault in the order above. A row of a name with itself
/// ("Rock,Rock") is none: it says that the genre's own name is a label too.
std::vector<TaxonomyFinding> check_taxonomy(const std::vector<TaxonomyRow>& rows);

}  // namespace gamut::catalogue
