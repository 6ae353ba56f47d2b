#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "apps/cli/verbs.h"
#include "gamut/core/json.h"
#include "gamut/report/report.h"
#include "gamut/report/run_status.h"

namespace gamut::cli {
namespace {

struct ReportArguments {
  std::string run;
  std::filesystem::path output;
};

ExitCode run_report(const GlobalOptions& global, const ReportArguments& arguments) {
  const std::filesystem::path directory = global.workspace / "runs" / arguments.run;
  const std::filesystem::path output =
      arguments.output.empty() ? directory / "report.html" : arguments.output;
  report::write_report(directory, output);
  fmt::print("{}\n", output.string());
  return kDone;
}

ExitCode run_status(const GlobalOptions& global, const std::string& run, bool as_json) {
  const report::RunStatus status = report::load_status(global.workspace / "runs" / run);
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  fmt::print("{}", as_json ? dump_json(to_json(status), 2) + "\n" : describe(status, now.count()));
  return kDone;
}

}  // namespace

void add_evaluation_verbs(CLI::App& app, const GlobalOptions& global, Work& work) {
  {
    auto arguments = std::make_shared<ReportArguments>();
    CLI::App* verb = app.add_subcommand("report", "Write a run's report again");
    verb->add_option("run", arguments->run, "Name of the run")->required();
    verb->add_option("-o,--output", arguments->output, "HTML file; the run's report.html when not given");
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_report(global, *arguments); };
    });
  }
  {
    auto run = std::make_shared<std::string>();
    auto as_json = std::make_shared<bool>(false);
    CLI::App* verb = app.add_subcommand("status", "How far a run is, and how long it will take");
    verb->add_option("run", *run, "Name of the run")->required();
    verb->add_flag("--json", *as_json, "One JSON document");
    verb->callback([&global, &work, run, as_json] {
      work = [&global, run, as_json] { return run_status(global, *run, *as_json); };
    });
  }
}

}  // namespace gamut::cli
