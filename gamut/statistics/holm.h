#pragma once

#include <optional>
#include <span>
#include <vector>

namespace gamut::statistics {

/// Holm's adjustment: the p values of a family of tests, raised so that comparing each with a level keeps the
/// chance of any false finding in the family below that level, whatever the tests' dependence.
///
/// @param p  in [0, 1], in any order; may be empty.
/// @return adjusted, in [0, 1], in the same order.
/// @throws ParameterError  a value that is NaN or out of [0, 1].
/// @source Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
std::vector<double> holm(std::span<const double> p);

/// The same where some tests of the list could not be made: they are no members of the family, and stay
/// absent.
/// @throws ParameterError  a value that is NaN or out of [0, 1].
std::vector<std::optional<double>> holm(const std::vector<std::optional<double>>& p);

}  // namespace gamut::statistics
