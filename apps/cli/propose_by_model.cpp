#include <utility>

#include "apps/cli/tag_verb.h"
#include "gamut/tagging/predict_files.h"
#include "gamut/tagging/prediction_json.h"

namespace gamut::cli {

void propose_by_model(const TagModelArguments& arguments, const BeginProposals& begin,
                      const std::function<void(TagProposal)>& sink) {
  const tagging::Model model(arguments.model, {.device = arguments.device});
  const std::vector<tagging::Source> sources = tagging::list_sources(arguments.audio);
  const tagging::PredictFilesOptions options{.jobs = arguments.jobs,
                                             .decision = tagging::parse_decision(arguments.decision)};
  std::vector<std::string> genres;
  for (const tagging::GenreCard& genre : model.card().genres) genres.push_back(genre.name);
  begin(sources.size(), genres);
  predict_files(model, sources, options,
                [&](const tagging::Source& source, const tagging::Prediction& prediction) {
                  TagProposal entry{.file = source.file, .proposal = {}, .fault = {}, .note = {}};
                  if (entry.file.empty()) entry.file = source.name;
                  (prediction.outcome == Outcome::failed ? entry.fault : entry.note) = prediction.reason;
                  for (const tagging::GenreScore& genre : best_first(prediction)) {
                    if (genre.given) entry.proposal.genres.push_back(genre.genre);
                    entry.proposal.scores.push_back({genre.genre, genre.score});
                  }
                  sink(std::move(entry));
                });
}

}  // namespace gamut::cli
