#pragma once

namespace gamut {

/// Makes SIGINT and SIGTERM set a flag instead of ending the process; a second signal ends it at once.
void handle_interrupts();
bool interrupted();
/// @throws Interrupted  once a signal has come.
void check_interrupted();

}  // namespace gamut
