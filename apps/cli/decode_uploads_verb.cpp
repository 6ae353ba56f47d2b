#include "apps/cli/verbs.h"
#include "apps/server/decode_upload.h"
#include "apps/server/fork_loop.h"

namespace gamut::cli {

void add_decode_uploads_verb(CLI::App& app, Work& work) {
  CLI::App* verb = app.add_subcommand("decode-uploads", "What gamut serve starts to decode what it is sent");
  verb->group("");  // in no help
  verb->callback([&work] { work = []() -> ExitCode { server::serve_forks(server::decode_upload); }; });
}

}  // namespace gamut::cli
