#include "gamut/experiment/slurm.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::experiment {
namespace {

std::string shell_words(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  std::transform(words.begin(), words.end(), std::back_inserter(quoted), shell_word);
  return join(quoted, " ");
}

constexpr const char* kScript = R"(#!/usr/bin/env bash
# {title}
# Pictures, then the networks as an array of {tasks} tasks, then results and report. Without an argument this file submits
# the three jobs; with one it is what they execute. Every job goes on from what is there, also after a requeue.
set -euo pipefail
name={name}
logs={logs}
run=({run})
jobs=${{SLURM_CPUS_PER_TASK:-1}}

case "${{1:-submit}}" in
submit)
  mkdir -p "$logs"
  sbatch=(sbatch --parsable --requeue --open-mode=append --kill-on-invalid-dep=yes {options})
  pictures=$("${{sbatch[@]}}" --job-name="$name-pictures" --output="$logs/pictures.log" "$0" pictures)
  networks=$("${{sbatch[@]}}" --job-name="$name-networks" --output="$logs/networks-%a.log" \
    --dependency="afterok:${{pictures%%;*}}" --array=1-{tasks} "$0" networks)
  evaluation=$("${{sbatch[@]}}" --job-name="$name-evaluation" --output="$logs/evaluation.log" \
    --dependency="afterany:${{networks%%;*}}" "$0" evaluation)
  echo "pictures ${{pictures%%;*}}, networks ${{networks%%;*}}, evaluation ${{evaluation%%;*}}; logs in $logs"
  ;;
pictures)
  # Exit code 3: done, but some songs have no pictures; the networks do without them.
  "${{run[@]}}" --only pictures --jobs "$jobs" || [ $? = 3 ]
  ;;
networks)
  exec "${{run[@]}}" --shard "$SLURM_ARRAY_TASK_ID/{tasks}" --jobs "$jobs"
  ;;
evaluation)
  exec "${{run[@]}}" --only evaluation --jobs "$jobs"
  ;;
esac
)";

}  // namespace

std::string shell_word(const std::string& text) {
  constexpr const char* kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string make_slurm_script(const SlurmOptions& options) {
  if (options.tasks < 1) {
    throw ParameterError("--tasks " + std::to_string(options.tasks) + " must be at least 1");
  }
  std::vector<std::string> run{options.program.string(), "--workspace", options.workspace.string(), "run",
                               options.experiment.string()};
  run.insert(run.end(), options.arguments.begin(), options.arguments.end());
  return fmt::format(
      kScript, fmt::arg("title", printable("The run " + options.run + " on Slurm.")),
      fmt::arg("tasks", options.tasks), fmt::arg("name", shell_word(options.run)),
      fmt::arg("logs", shell_word((options.workspace / "runs" / options.run / "slurm").string())),
      fmt::arg("run", shell_words(run)), fmt::arg("options", shell_words(options.sbatch_options)));
}

}  // namespace gamut::experiment
