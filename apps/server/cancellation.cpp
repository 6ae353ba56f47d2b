#include "apps/server/cancellation.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "apps/server/http_error.h"
#include "gamut/core/error.h"

namespace gamut::server {

Cancellation::Cancellation() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw Error(std::string("no event for a request: ") + std::strerror(errno));
}

Cancellation::~Cancellation() {
  close(descriptor_);
}

void Cancellation::cancel(Reason reason) {
  Reason none = Reason::none;
  if (reason_.compare_exchange_strong(none, reason)) eventfd_write(descriptor_, 1);
}

void Cancellation::check() const {
  if (reason_ != Reason::none) throw HttpError(503, "cancelled", "nobody waits for the answer any more");
}

}  // namespace gamut::server
