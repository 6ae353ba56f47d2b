#pragma once

#include <array>

#include "apps/cli/verbs.h"

namespace gamut::cli {

/// A verb of gamut-networks, as gamut's own help shows it.
struct NetworkVerb {
  const char* name;
  const char* description;
};

inline constexpr NetworkVerb kDemoVerb{"demo",
                                       "The whole experiment on built-in music; ends with the report's path"};
inline constexpr NetworkVerb kSplitVerb{"split", "Draw and check an experiment's split alone"};
inline constexpr NetworkVerb kRunVerb{
    "run", "Extract and train what is missing, then evaluate; goes on where it stopped"};
inline constexpr NetworkVerb kSlurmVerb{"slurm", "Write, or submit, a run as jobs of a Slurm cluster"};
inline constexpr NetworkVerb kModelVerb{"model", "Look at a model directory"};
inline constexpr NetworkVerb kPredictVerb{"predict", "Genres of recordings, by a model"};
inline constexpr NetworkVerb kExplainVerb{"explain", "Where in a recording a model sees a genre"};
inline constexpr NetworkVerb kServeVerb{"serve", "Genres and spectrograms over HTTP"};
inline constexpr std::array kNetworkVerbs{kDemoVerb,  kSplitVerb,   kRunVerb,     kSlurmVerb,
                                          kModelVerb, kPredictVerb, kExplainVerb, kServeVerb};

/// Verbs under "bench".
inline constexpr NetworkVerb kBenchTrainVerb{"train", "Images a second of training and inference"};
inline constexpr NetworkVerb kBenchPredictVerb{"predict",
                                               "Songs a second of prediction, to what the cores could do"};

/// A verb under "export".
inline constexpr NetworkVerb kExportModelVerb{"model",
                                              "A run's networks as a model directory, to predict with"};

/// Replaces this process by gamut-networks, with the same arguments. It lies beside gamut or in
/// ../libexec/gamut.
[[noreturn]] void become_networks(char** argv);

/// Makes a verb of `app` that replaces this process by gamut-networks, with the same arguments.
void hand_on(CLI::App& app, const NetworkVerb& verb, char** argv, Work& work);

/// Adds the verbs of gamut-networks to gamut: each replaces this process by that program, with the same
/// arguments.
void hand_on_network_verbs(CLI::App& app, char** argv, Work& work);

/// The verbs themselves, in gamut-networks.
void add_experiment_verbs(CLI::App& app, const GlobalOptions& global, Work& work);  // demo, split, run, slurm
void add_bench_train_verb(CLI::App& bench, Work& work);                             // bench train
void add_bench_predict_verb(CLI::App& bench, Work& work);                           // bench predict
void add_export_model_verb(CLI::App& app, Work& work);                              // export model
void add_model_verbs(CLI::App& app, Work& work);                                    // model, predict, explain
void add_serve_verb(CLI::App& app, Work& work);                                     // serve

}  // namespace gamut::cli
