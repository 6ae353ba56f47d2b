// gamut-networks: the verbs of gamut that need LibTorch, whose loading takes a third of a second and 150 MiB.
#include "apps/cli/network_verbs.h"
#include "apps/cli/program.h"

int main(int argc, char** argv) {
  using namespace gamut::cli;
  return run_program(argc, argv, add_experiment_verbs);
}
