#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace gamut::evaluation {

/// Collects what is wrong with a table, so that a person sees all of it at once.
class FaultList {
 public:
  explicit FaultList(std::filesystem::path path) : path_(std::move(path)) {}

  /// A fault of the file as a whole.
  void add(const std::string& fault);
  /// A fault of the row that starts on `line`, counted from 1.
  void add(std::size_t line, const std::string& fault);

  /// @throws ParameterError  where a fault was added: the path, the first 100 faults with their lines, and
  /// how many more there are.
  void finish() const;

 private:
  std::filesystem::path path_;
  std::vector<std::string> faults_;
  std::size_t count_ = 0;
};

}  // namespace gamut::evaluation
