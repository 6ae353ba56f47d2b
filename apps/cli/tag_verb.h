#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "apps/cli/verbs.h"
#include "gamut/tags/plan.h"

namespace gamut::cli {

/// What somebody says of one file, or why nothing.
struct TagProposal {
  std::filesystem::path file;
  tags::Proposal proposal;
  std::string fault;  ///< empty where there is a proposal
  std::string note;   ///< what is to be said of the proposal, such as that the audio was cut short
};

/// What `gamut tag --model` asks of a model.
struct TagModelArguments {
  std::filesystem::path model;
  std::vector<std::string> audio;  ///< files, folders, playlists
  std::string decision = "tuned", device = "auto";
  int jobs = 1;
};

/// Has a model listen to every file that the arguments stand for.
/// @param begin  is handed the number of files and the model's genres first.
/// @param sink   is handed each file's proposal, in order.
using BeginProposals = std::function<void(std::size_t files, const std::vector<std::string>& genres)>;
using ProposeByModel = std::function<void(const TagModelArguments& arguments, const BeginProposals& begin,
                                          const std::function<void(TagProposal)>& sink)>;

/// Adds the verb `tag`. All that it does but for listening needs no networks.
/// @param propose  may also hand the whole work on to another program, and not return.
void add_tag_verb(CLI::App& app, const GlobalOptions& global, Work& work, ProposeByModel propose);

/// Listening, in gamut-networks.
void propose_by_model(const TagModelArguments& arguments, const BeginProposals& begin,
                      const std::function<void(TagProposal)>& sink);

}  // namespace gamut::cli
