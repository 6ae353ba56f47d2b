// gamut: everything that needs no networks; what does is handed on to gamut-networks.
#include "apps/cli/network_verbs.h"
#include "apps/cli/program.h"
#include "apps/cli/tag_verb.h"

int main(int argc, char** argv) {
  using namespace gamut::cli;
  return run_program(argc, argv, [&](CLI::App& app, const GlobalOptions& global, Work& work) {
    add_library_verbs(app, global, argv, work);
    add_taxonomy_verbs(app, global, work);
    add_audio_verbs(app, global, work);
    add_evaluation_verbs(app, global, work);
    add_audit_verb(app, global, work);
    add_doctor_verb(app, global, work);
    add_compare_verb(app, work);
    add_decode_uploads_verb(app, work);
    add_evaluate_verb(app, work);
    add_weights_verbs(app, work);
    add_bench_verbs(app, argv, work);
    add_tag_verb(app, global, work, [argv](const auto&...) { become_networks(argv); });
    hand_on_network_verbs(app, argv, work);
  });
}
