#pragma once

#include <string>

#include "gamut/core/error.h"

namespace gamut::server {

/// An answer that is an error: JSON {"error": {"code", "message"}} with an HTTP status.
class HttpError : public Error {
 public:
  /// @param code           one word for programs, such as "too_large".
  /// @param retry_after_s  when to try again; 0: not said.
  HttpError(int status, std::string code, const std::string& message, int retry_after_s = 0)
      : Error(message), status_(status), code_(std::move(code)), retry_after_s_(retry_after_s) {}

  int status() const { return status_; }
  const std::string& code() const { return code_; }
  int retry_after_s() const { return retry_after_s_; }

 private:
  int status_;
  std::string code_;
  int retry_after_s_;
};

}  // namespace gamut::server
