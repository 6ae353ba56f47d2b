// gamut-networks: the verbs of gamut that need LibTorch, whose loading takes a third of a second and 150 MiB.
#include <malloc.h>

#include <limits>

#include "apps/cli/network_verbs.h"
#include "apps/cli/program.h"
#include "apps/cli/tag_verb.h"

namespace {

/// Keeps freed memory for the next step of training, which allocates the same tensors again. Otherwise the
/// kernel takes back and clears tens of megabytes a step: fine-tuning a ResNet-18 takes an eighth longer side
/// by side, and a quarter with two threads a network. Threads share one arena, because those of their own
/// hold nothing larger than 64 MiB.
void keep_freed_memory() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

}  // namespace

int main(int argc, char** argv) {
  using namespace gamut::cli;
  keep_freed_memory();
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
