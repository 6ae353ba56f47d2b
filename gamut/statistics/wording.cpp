#include "gamut/statistics/wording.h"

#include <fmt/format.h>

#include "gamut/core/text.h"

namespace gamut::statistics {

std::string p_text(double p) {
  return p < 0.0001 ? "p < 0.0001" : fmt::format("p = {:.4f}", p);
}

std::string pair_text(const std::string& pair_by, const std::string& under,
                      const std::vector<std::string>& averaged_over,
                      const std::vector<std::string>& left_out) {
  std::string text = fmt::format("one {} under {}", pair_by, under);
  if (!averaged_over.empty()) text += ", averaged over " + join_words(averaged_over);
  if (!left_out.empty()) text += "; left out, being no pair: " + join(left_out, ", ");
  return printable(text);
}

}  // namespace gamut::statistics
