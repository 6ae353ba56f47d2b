#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gamut::experiment {

/// What a cluster is told besides the experiment.
struct SlurmOptions {
  std::string run;                          ///< the run's name, which its jobs bear
  int tasks = 1;                            ///< shards, each a task of the array; at least 1
  std::filesystem::path program;            ///< gamut, as the nodes see it
  std::filesystem::path workspace;          ///< absolute, on a file system that the nodes share
  std::filesystem::path experiment;         ///< absolute
  std::vector<std::string> arguments;       ///< more arguments of `gamut run`: --set, --weights
  std::vector<std::string> sbatch_options;  ///< of all three jobs: "--partition=long"
};

/// A bash script that submits a run to Slurm when it is called without an argument: a job for pictures and
/// split, an array of one shard a task once that has succeeded, and the evaluation once all tasks have ended,
/// however.
///
/// The same file is what the jobs execute. They may be requeued and the script may be called again at any
/// time: every stage goes on from what is there. As many songs or networks are worked on side by side as
/// `--cpus-per-task` says.
///
/// @throws ParameterError  tasks below 1.
std::string make_slurm_script(const SlurmOptions& options);

/// `text` as one word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace gamut::experiment
