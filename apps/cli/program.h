#pragma once

#include "apps/cli/verbs.h"

namespace gamut::cli {

/// What both programs do alike: parse, call the verb's work, turn errors into exit codes.
///
/// @param add_verbs  adds the program's verbs.
/// @return the process's exit code.
int run_program(int argc, char** argv,
                const std::function<void(CLI::App&, const GlobalOptions&, Work&)>& add_verbs);

}  // namespace gamut::cli
