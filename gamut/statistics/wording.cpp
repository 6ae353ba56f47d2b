#include "gamut/statistics/wording.h"

#include <fmt/format.h>

#include "gamut/core/text.h"

namespace gamut::statistics {

std::string p_text(double p) {
  return p < 0.0001 ? "p < 0.0001" : fmt::format("p = {:.4f}", p);
}

std::string warning_text(const std::vector<std::string>& also_different, std::size_t stand_ins) {
  std::string text;
  if (!also_different.empty()) text += " Also different: " + printable(join(also_different, "; ")) + ".";
  if (stand_ins > 0) {
    text += fmt::format(" {} of the values {} in the place of {}.", stand_ins,
                        stand_ins == 1 ? "stands" : "stand",
                        stand_ins == 1 ? "an undefined one" : "undefined ones");
  }
  return text;
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
