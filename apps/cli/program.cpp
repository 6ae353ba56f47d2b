#include "apps/cli/program.h"

#include <cstdio>
#include <exception>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/libraries.h"
#include "gamut/core/progress.h"
#include "gamut/core/version.h"

namespace gamut::cli {
namespace {

std::string version_text() {
  std::string text = "gamut " + std::string(version()) + "\n";
  for (const auto& [name, version] : libraries().items()) {
    text += name + " " + version.get<std::string>() + "\n";
  }
  text.pop_back();
  return text;
}

}  // namespace

int run_program(int argc, char** argv,
                const std::function<void(CLI::App&, const GlobalOptions&, Work&)>& add_verbs) {
  CLI::App app(
      "Recognises the genres of music, several at once, from spectrograms: a library in, a report out.",
      "gamut");
  app.require_subcommand(1);
  app.fallthrough();
  app.option_defaults()->always_capture_default();
  app.set_version_flag("--version", version_text(), "Versions of gamut and its libraries");
  GlobalOptions global;
  app.add_option("--workspace", global.workspace, "Folder of the catalogue, pictures and runs");
  app.add_flag("--quiet", global.quiet, "No progress, only results and faults");
  Work work;
  add_verbs(app, global, work);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  if (global.quiet) set_verbosity(Verbosity::quiet);
  handle_interrupts();
  try {
    const ExitCode code = work();
    if (std::fflush(stdout) != 0) throw FileError("cannot write to standard output");
    return code;
  } catch (const Interrupted& error) {
    warn(std::string("gamut: ") + error.what());
    return kInterrupted;
  } catch (const ParameterError& error) {
    warn(std::string("gamut: ") + error.what());
    return kUsage;
  } catch (const std::exception& error) {
    warn(std::string("gamut: ") + error.what());
    return kFailed;
  }
}

}  // namespace gamut::cli
