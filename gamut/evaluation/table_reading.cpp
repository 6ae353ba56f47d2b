#include "gamut/evaluation/table_reading.h"

#include <fmt/format.h>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::evaluation {
namespace {

constexpr std::size_t kListedFaults = 100;

}  // namespace

void FaultList::add(const std::string& fault) {
  if (++count_ <= kListedFaults) faults_.push_back(fault);
}

void FaultList::add(std::size_t line, const std::string& fault) {
  add(fmt::format("line {}: {}", line, fault));
}

void FaultList::finish() const {
  if (count_ == 0) return;
  std::string message =
      fmt::format("{} has {} {}:", printable(path_.string()), count_, count_ == 1 ? "fault" : "faults");
  for (const std::string& fault : faults_) message += "\n  " + fault;
  if (count_ > faults_.size()) message += fmt::format("\n  … and {} more", count_ - faults_.size());
  throw ParameterError(message, path_);
}

}  // namespace gamut::evaluation
