#pragma once

#include <functional>
#include <string>

#include "gamut/core/error.h"

namespace gamut::statistics {

/// What the ParameterError that `call` throws says.
inline std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "nothing thrown";
}

}  // namespace gamut::statistics
