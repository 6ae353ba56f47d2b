#include "apps/cli/network_verbs.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

constexpr const char* kProgram = "gamut-networks";

std::filesystem::path find_program() {
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const std::filesystem::path& place : {folder / kProgram, folder / "../libexec/gamut" / kProgram}) {
    if (std::filesystem::exists(place)) return place;
  }
  throw Error(printable((folder / kProgram).string()) +
              " is not there: this verb needs LibTorch, and this gamut was built without it; build it with "
              "-DGAMUT_TORCH=ON");
}

}  // namespace

void become_networks(char** argv) {
  const std::filesystem::path program = find_program();
  execv(program.c_str(), argv);
  throw Error("cannot start " + printable(program.string()) + ": " + std::strerror(errno));
}

void hand_on(CLI::App& app, const NetworkVerb& verb, char** argv, Work& work) {
  CLI::App* const subcommand = app.add_subcommand(verb.name, verb.description);
  subcommand->set_help_flag();
  subcommand->fallthrough(false);
  subcommand->prefix_command();
  subcommand->callback([&work, argv] { work = [argv]() -> ExitCode { become_networks(argv); }; });
}

void hand_on_network_verbs(CLI::App& app, char** argv, Work& work) {
  for (const NetworkVerb& verb : kNetworkVerbs) hand_on(app, verb, argv, work);
}

}  // namespace gamut::cli
