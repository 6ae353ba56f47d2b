#include "gamut/core/interrupt.h"

#include <csignal>

#include "gamut/core/error.h"

namespace gamut {
namespace {

volatile std::sig_atomic_t signalled = 0;

void remember_signal(int signal) {
  signalled = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void handle_interrupts() {
  std::signal(SIGINT, remember_signal);
  std::signal(SIGTERM, remember_signal);
}

bool interrupted() {
  return signalled != 0;
}

void check_interrupted() {
  if (interrupted()) throw Interrupted();
}

}  // namespace gamut
