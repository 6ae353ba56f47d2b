#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gamut::training {

/// Cuts `order` into runs of `batch`. The last may be shorter, but a single one joins the run before it,
/// because batch normalisation cannot be trained on one picture.
///
/// @param batch  at least 2.
/// @return views into `order`, none empty.
std::vector<std::span<const std::size_t>> make_batches(std::span<const std::size_t> order, std::size_t batch);

}  // namespace gamut::training
