#pragma once

#include <string>
#include <vector>

namespace gamut::statistics {

/// The level at which sentences call something shown.
inline constexpr double kLevel = 0.05;

/// "p = 0.0027", "p < 0.0001".
std::string p_text(double p);

/// What a pair is: "one genre under both values of scale, averaged over architecture; left out, being no
/// pair: (macro)".
std::string pair_text(const std::string& pair_by, const std::string& under,
                      const std::vector<std::string>& averaged_over,
                      const std::vector<std::string>& left_out);

}  // namespace gamut::statistics
