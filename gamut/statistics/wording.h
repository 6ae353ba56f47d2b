#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gamut::statistics {

/// The level at which sentences call something shown.
inline constexpr double kLevel = 0.05;

/// "p = 0.0027", "p < 0.0001".
std::string p_text(double p);

/// What readers must know of the values before they believe a test: " Also different: run: a, b." or " 3 of
/// the values stand in the place of undefined ones." Empty where there is nothing.
std::string warning_text(const std::vector<std::string>& also_different, std::size_t stand_ins);

/// What a pair is: "one genre under both values of scale, averaged over architecture; left out, being no
/// pair: (macro)".
std::string pair_text(const std::string& pair_by, const std::string& under,
                      const std::vector<std::string>& averaged_over,
                      const std::vector<std::string>& left_out);

}  // namespace gamut::statistics
