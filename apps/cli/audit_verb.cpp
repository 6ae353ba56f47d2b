#include <fmt/format.h>

#include <memory>

#include "apps/cli/verbs.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/text.h"
#include "gamut/doctor/audit.h"
#include "gamut/report/leak_cost.h"

namespace gamut::cli {
namespace {

struct AuditArguments {
  std::string run;
  std::filesystem::path split;
  bool no_audio = false, as_json = false;
  int jobs = available_cores();
};

ExitCode run_audit(const GlobalOptions& global, const AuditArguments& arguments) {
  catalogue::Catalogue library(global.workspace);
  const doctor::AuditOptions options{.audio = !arguments.no_audio, .jobs = arguments.jobs};
  const std::filesystem::path runs = global.workspace / "runs";
  doctor::Audit audit;
  std::string subject = "the library";
  if (!arguments.split.empty()) {
    subject = "the split " + printable(arguments.split.string());
    audit = audit_splits(library, doctor::load_split_file(library.songs(), arguments.split), options);
  } else if (!arguments.run.empty()) {
    subject = "the run " + printable(arguments.run);
    audit = audit_splits(library, doctor::load_run_splits(library.songs(), runs / arguments.run), options);
  } else {
    audit = audit_library(library, options);
  }
  const std::vector<report::LeakCost> costs = report::find_leak_costs(runs, arguments.run);
  if (arguments.as_json) {
    Json document = {{"subject", subject}};
    document.update(to_json(audit));
    document["leak_costs"] = to_json(costs);
    fmt::print("{}\n", dump_json(document, 2));
  } else {
    fmt::print("{}{}", to_text(audit, subject), to_text(costs));
  }
  return kDone;
}

}  // namespace

void add_audit_verb(CLI::App& app, const GlobalOptions& global, Work& work) {
  auto arguments = std::make_shared<AuditArguments>();
  CLI::App* verb = app.add_subcommand(
      "audit",
      "What a split leaks (albums, artists, copies) and lacks; without a split, copies in the library");
  auto* run = verb->add_option("run", arguments->run, "Run of the workspace; all its folds and repeats");
  verb->add_option("--split", arguments->split, "A split that `gamut split -o` wrote, in place of a run")
      ->check(CLI::ExistingFile)
      ->excludes(run);
  verb->add_flag("--no-audio", arguments->no_audio, "Do not decode songs and look for copies");
  verb->add_option("--jobs", arguments->jobs, "Files decoded side by side")->check(CLI::Range(1, 1024));
  verb->add_flag("--json", arguments->as_json, "One JSON document with every finding");
  verb->callback(
      [&global, &work, arguments] { work = [&global, arguments] { return run_audit(global, *arguments); }; });
}

}  // namespace gamut::cli
