#pragma once

#include <atomic>

namespace gamut::server {

/// Says to the work on a request that nobody wants its answer any more. Thread-safe.
class Cancellation {
 public:
  enum class Reason { none, deadline, disconnected, stopping };

  /// @throws Error  the system has no descriptor left.
  Cancellation();
  ~Cancellation();
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  /// Only the first reason counts.
  void cancel(Reason reason);
  Reason reason() const { return reason_; }

  /// @throws HttpError  503, which nobody reads: it is cancelled.
  void check() const;

  /// Readable for poll(2) once it is cancelled.
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  std::atomic<Reason> reason_ = Reason::none;
};

}  // namespace gamut::server
