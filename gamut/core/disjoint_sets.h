#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace gamut {

/// Sets of the indices 0 … count - 1 that grow together; at first each is alone (union by path halving).
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  /// The index that stands for the set of `item`; the same for all in it.
  std::size_t root(std::size_t item) {
    while (parent_[item] != item) item = parent_[item] = parent_[parent_[item]];
    return item;
  }

  void merge(std::size_t a, std::size_t b) { parent_[root(b)] = root(a); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace gamut
