#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <memory>

#include "apps/cli/network_verbs.h"
#include "apps/server/model_routes.h"
#include "apps/server/page_assets.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

struct ServeArguments {
  std::filesystem::path model;
  std::string host = "127.0.0.1";
  int port = 8080;
  std::string token;
  std::filesystem::path token_file;
  int max_upload_mib = 100;
  double max_duration_s = server::DecodeLimits().max_duration_s;
  int max_concurrent = std::max(2, available_cores());
  double request_timeout_s = 60;
  int jobs = available_cores();
  std::string device = "auto";
};

std::string find_token(const ServeArguments& arguments) {
  if (!arguments.token.empty()) return arguments.token;
  if (!arguments.token_file.empty()) {
    const std::string text = load_text(arguments.token_file);
    if (trim(text).empty())
      throw ParameterError("--token-file " + printable(arguments.token_file.string()) + " is empty");
    return std::string(trim(text));
  }
  const char* const token = std::getenv("GAMUT_TOKEN");
  return token == nullptr ? "" : token;
}

server::HttpOptions http_options(const ServeArguments& arguments) {
  server::HttpOptions options;
  options.host = arguments.host;
  options.port = arguments.port;
  options.token = find_token(arguments);
  options.max_upload_bytes = static_cast<std::size_t>(arguments.max_upload_mib) << 20;
  options.max_uploads_bytes = 4 * options.max_upload_bytes;
  options.max_concurrent = arguments.max_concurrent;
  options.max_waiting = 16 * arguments.max_concurrent;
  options.request_timeout = std::chrono::milliseconds(std::llround(arguments.request_timeout_s * 1000));
  return options;
}

server::DecodeLimits decode_limits(const ServeArguments& arguments) {
  // What the program itself maps, and some copies of the longest recording at the usual rate.
  constexpr double kProgramBytes = 512 << 20;
  constexpr double kBytesPerSecond = 4 * 22050 * sizeof(float);
  server::DecodeLimits limits;
  limits.max_duration_s = arguments.max_duration_s;
  limits.max_cpu_s = static_cast<int>(std::ceil(arguments.request_timeout_s));
  limits.max_memory_bytes =
      static_cast<std::size_t>(kProgramBytes + arguments.max_duration_s * kBytesPerSecond);
  return limits;
}

ExitCode serve(const ServeArguments& arguments) {
  const server::HttpOptions options = http_options(arguments);
  const server::DecodeLimits limits = decode_limits(arguments);
  server::check_access(options);  // before seconds of loading
  server::Metrics metrics;
  server::Decoder decoder(server::find_decoder_program(), metrics);
  const tagging::Model model(arguments.model, {.device = arguments.device});
  std::vector<server::Route> routes = server::asset_routes(server::page_assets());
  routes.push_back(server::predict_route(decoder, limits, model, arguments.jobs));
  routes.push_back(server::spectrogram_route(decoder, limits));
  routes.push_back(server::model_route(model.card(), limits, options));
  routes.push_back(server::openapi_route());
  server::HttpServer server(options, std::move(routes), metrics);
  fmt::print("{}\n", server.address());
  std::fflush(stdout);
  say(fmt::format("serving {}, a model of {} genres; Ctrl-C stops", printable(model.card().name),
                  model.card().genres.size()));
  server.run(interrupted);
  say("stopped");
  return kDone;
}

}  // namespace

void add_serve_verb(CLI::App& app, Work& work) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* verb = app.add_subcommand(kServeVerb.name, kServeVerb.description);
  verb->add_option("--model", arguments->model, "Model directory")->required();
  verb->add_option("--host", arguments->host,
                   "Address to listen on; other than this machine's own needs a token");
  verb->add_option("--port", arguments->port, "Port; 0: any that is free, which is printed")
      ->check(CLI::Range(0, 65535));
  verb->add_option("--token", arguments->token,
                   "What requests must bear; other users see it in the list of processes")
      ->default_str("");
  verb->add_option("--token-file", arguments->token_file,
                   "File with the token; without both, GAMUT_TOKEN of the environment")
      ->default_str("");
  verb->add_option("--max-upload", arguments->max_upload_mib, "MiB a recording")->check(CLI::Range(1, 4096));
  verb->add_option("--max-duration", arguments->max_duration_s, "Seconds; longer recordings are refused")
      ->check(CLI::Range(1.0, 36000.0));
  verb->add_option("--max-concurrent", arguments->max_concurrent,
                   "Recordings decoded side by side; sixteen times as many wait")
      ->check(CLI::Range(1, 256));
  verb->add_option("--request-timeout", arguments->request_timeout_s,
                   "Seconds from a request's first byte to its answer")
      ->check(CLI::Range(1.0, 3600.0));
  verb->add_option("--jobs", arguments->jobs, "Recordings scored side by side")->check(CLI::Range(1, 1024));
  verb->add_option("--device", arguments->device, "auto, cpu or cuda")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
  verb->callback([&work, arguments] { work = [arguments] { return serve(*arguments); }; });
}

}  // namespace gamut::cli
