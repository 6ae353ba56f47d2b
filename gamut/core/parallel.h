#pragma once

#include <cstddef>
#include <functional>

namespace gamut {

/// Number of cores this process may use (its affinity mask), at least 1.
int available_cores();

/// Calls `work(index)` for index 0 … count - 1 on `jobs` threads; indices are taken in order. After an
/// exception no new index is started, the running ones end, and the first exception is rethrown.
void parallel_for(std::size_t count, int jobs, const std::function<void(std::size_t index)>& work);

}  // namespace gamut
