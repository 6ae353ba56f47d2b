// gamut-networks: the verbs of gamut that need LibTorch, whose loading takes a third of a second and 150 MiB.
#include "apps/cli/network_verbs.h"
#include "apps/cli/program.h"
#include "apps/cli/tag_verb.h"

int main(int argc, char** argv) {
  using namespace gamut::cli;
  return run_program(argc, argv, [](CLI::App& app, const GlobalOptions& global, Work& work) {
    add_experiment_verbs(app, global, work);
    CLI::App* bench = app.add_subcommand("bench", "The benchmarks that the documentation quotes");
    bench->require_subcommand(1);
    add_bench_train_verb(*bench, work);
    add_bench_predict_verb(*bench, work);
    add_export_model_verb(app, work);
    add_model_verbs(app, work);
    add_serve_verb(app, work);
    add_tag_verb(app, global, work, propose_by_model);
  });
}
