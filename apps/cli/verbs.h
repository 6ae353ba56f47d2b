#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

namespace gamut::cli {

/// Options that every verb knows, before it or after it.
struct GlobalOptions {
  std::filesystem::path workspace = ".";
  bool quiet = false;
};

/// What the process ends with. 2 is for usage and configuration, 130 for an interrupt.
enum ExitCode : int { kDone = 0, kFailed = 1, kUsage = 2, kSomeSongsFailed = 3, kInterrupted = 130 };

/// The verb chosen by parsing stores its work here; main runs it.
using Work = std::function<ExitCode()>;

/// import, export (export model is handed on), genres
void add_library_verbs(CLI::App& app, const GlobalOptions& global, char** argv, Work& work);
void add_taxonomy_verbs(CLI::App& app, const GlobalOptions& global,
                        Work& work);  // taxonomy show, check, suggest
void add_audio_verbs(CLI::App& app, const GlobalOptions& global, Work& work);  // spectrogram, extract
void add_evaluation_verbs(CLI::App& app, const GlobalOptions& global,
                          Work& work);                                         // report, status
void add_audit_verb(CLI::App& app, const GlobalOptions& global, Work& work);   // audit
void add_doctor_verb(CLI::App& app, const GlobalOptions& global, Work& work);  // doctor
void add_compare_verb(CLI::App& app, Work& work);                              // compare
void add_decode_uploads_verb(CLI::App& app, Work& work);       // decode-uploads, of gamut serve alone
void add_evaluate_verb(CLI::App& app, Work& work);             // evaluate
void add_weights_verbs(CLI::App& app, Work& work);             // weights list, fetch, check
void add_bench_catalogue_verb(CLI::App& bench, Work& work);    // bench catalogue
void add_bench_verbs(CLI::App& app, char** argv, Work& work);  // bench …; some are handed on

}  // namespace gamut::cli
