#include <memory>

#include "apps/cli/verbs.h"
#include "apps/server/decode_upload.h"

namespace gamut::cli {

void add_decode_upload_verb(CLI::App& app, Work& work) {
  auto request = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("decode-upload", "What gamut serve starts for each upload");
  verb->group("");  // in no help
  verb->add_option("request", *request, "JSON")->required();
  verb->callback([&work, request] { work = [request]() -> ExitCode { server::decode_upload(*request); }; });
}

}  // namespace gamut::cli
