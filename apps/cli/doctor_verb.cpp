#include <fmt/format.h>

#include <memory>

#include "apps/cli/verbs.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/doctor/checkup.h"
#include "gamut/doctor/fix_paths.h"

namespace gamut::cli {
namespace {

struct DoctorArguments {
  std::string fix_paths;
  bool dry_run = false, as_json = false;
  doctor::CheckupOptions checkup;
  double clipped_percent = 100 * checkup.clipped_share;
};

template <class Findings>
void print(const Findings& findings, bool as_json) {
  fmt::print("{}", as_json ? dump_json(to_json(findings), 2) + "\n" : to_text(findings));
}

ExitCode run_doctor(const GlobalOptions& global, const DoctorArguments& arguments) {
  catalogue::Catalogue library(global.workspace);
  if (!arguments.fix_paths.empty()) {
    doctor::FixPathsOptions options = doctor::parse_fix_paths(arguments.fix_paths, library.songs());
    options.dry_run = arguments.dry_run;
    options.jobs = arguments.checkup.jobs;
    const doctor::FixPathsReport report = fix_paths(library, options);
    print(report, arguments.as_json);
    return report.left.empty() ? kDone : kSomeSongsFailed;
  }
  doctor::CheckupOptions options = arguments.checkup;
  options.clipped_share = arguments.clipped_percent / 100;
  const doctor::Checkup checkup = check_library(library, options);
  print(checkup, arguments.as_json);
  return checkup.is_healthy() ? kDone : kSomeSongsFailed;
}

}  // namespace

void add_doctor_verb(CLI::App& app, const GlobalOptions& global, Work& work) {
  auto arguments = std::make_shared<DoctorArguments>();
  arguments->checkup.jobs = available_cores();
  doctor::CheckupOptions& checkup = arguments->checkup;
  CLI::App* verb =
      app.add_subcommand("doctor", "What is wrong with the files and labels of the library; changes nothing");
  verb->add_option("--silence", checkup.silence_dbfs, "dBFS; a song this quiet, root mean square, is silent")
      ->check(CLI::Range(-200.0, -1.0));
  verb->add_option("--clipped", arguments->clipped_percent,
                   "Percent; a song with more of its samples at full scale is clipped")
      ->check(CLI::Range(0.0, 100.0));
  verb->add_option("--too-short", checkup.shortest_s, "Seconds; a shorter song is too short")
      ->check(CLI::NonNegativeNumber);
  verb->add_option("--length-tolerance", checkup.length_tolerance_s,
                   "Seconds by which declared and decoded length may differ")
      ->check(CLI::NonNegativeNumber);
  verb->add_option("--look-in", checkup.look_in,
                   "Folders to search for moved files, default: the one above all songs")
      ->check(CLI::ExistingDirectory)
      ->default_str("");
  auto* fix = verb->add_option("--fix-paths", arguments->fix_paths,
                               "OLD=NEW: write into the catalogue that the files of OLD are in NEW now");
  verb->add_flag("--dry-run", arguments->dry_run, "Only say what --fix-paths would do")->needs(fix);
  verb->add_flag("--retry-failed", checkup.retry_failed,
                 "Decode once more what was undecodable and has not changed since");
  verb->add_option("--jobs", checkup.jobs, "Files decoded side by side")->check(CLI::Range(1, 1024));
  verb->add_flag("--json", arguments->as_json, "One JSON document with every finding");
  verb->callback([&global, &work, arguments] {
    work = [&global, arguments] { return run_doctor(global, *arguments); };
  });
}

}  // namespace gamut::cli
