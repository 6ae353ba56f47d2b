#pragma once

namespace gamut::statistics {

/// The chance that the range of `conditions` independent standard normal values is at most q: the studentised
/// range with infinitely many degrees of freedom.
///
/// @param q           >= 0.
/// @param conditions  2 to 100.
/// @return in [0, 1].
/// @throws ParameterError  an argument out of its range.
/// @source Tukey, The Problem of Multiple Comparisons, Princeton 1953; numbers checked against
/// scipy.stats.studentized_range with df = inf.
double studentized_range_cdf(double q, int conditions);

/// The q below which that range lies with the chance `probability`.
///
/// @param probability  in (0, 1).
/// @throws ParameterError  an argument out of its range.
double studentized_range_quantile(double probability, int conditions);

}  // namespace gamut::statistics
