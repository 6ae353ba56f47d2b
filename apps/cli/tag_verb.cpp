#include "apps/cli/tag_verb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "gamut/audio/packet_hash.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/tags/path_json.h"
#include "gamut/tags/replacement.h"
#include "gamut/tags/write_tags.h"

namespace gamut::cli {
namespace {

namespace fs = std::filesystem;
using tags::FileResult;
using tags::TagPlan;
using tags::WriteOutcome;

struct TagArguments {
  TagModelArguments model;
  fs::path predictions, journal, whitelist;
  std::vector<fs::path> undo;
  bool write = false, keep_mtime = false, as_json = false;
  tags::PlanOptions plan;
  std::size_t top = 1000;
};

/// A number for each outcome, and what they mean for the exit code.
class Tally {
 public:
  void add(WriteOutcome outcome) { ++counts_[static_cast<std::size_t>(outcome)]; }
  ExitCode exit_code() const {
    const std::size_t bad = of(WriteOutcome::failed) + of(WriteOutcome::skipped);
    if (bad == 0) return kDone;
    return of(WriteOutcome::written) + of(WriteOutcome::unchanged) > 0 ? kSomeSongsFailed : kFailed;
  }
  /// @param written  what became of those that something was done to.
  std::string text(std::string_view written) const {
    return fmt::format("{} {}, {} unchanged, {} skipped, {} failed", of(WriteOutcome::written), written,
                       of(WriteOutcome::unchanged), of(WriteOutcome::skipped), of(WriteOutcome::failed));
  }
  std::size_t of(WriteOutcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }

 private:
  std::array<std::size_t, 4> counts_{};
};

/// `gamut-tag-2026-05-04-153012.jsonl` in the workspace.
fs::path default_journal(const fs::path& workspace) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::localtime_r(&now, &parts);
  char text[64];
  return workspace /
         std::string(text, std::strftime(text, sizeof text, "gamut-tag-%Y-%m-%d-%H%M%S.jsonl", &parts));
}

std::string list_text(const std::vector<std::string>& genres) {
  std::vector<std::string> words;
  for (const std::string& genre : genres) words.push_back(printable(genre));
  return words.empty() ? "(none)" : join(words, ", ");
}

/// One file of a run: the plan where there is one, and what became of it.
void print_file(const TagArguments& arguments, const fs::path& file, const TagPlan* plan,
                const FileResult& result) {
  const bool shown_only = !arguments.write && arguments.undo.empty();
  const std::string outcome = shown_only && result.outcome == WriteOutcome::written
                                  ? "would be written"
                                  : std::string(to_string(result.outcome));
  if (arguments.as_json) {
    Json line;
    tags::put_path(line, "path", file);
    line["outcome"] = outcome;
    if (!result.reason.empty()) line["reason"] = result.reason;
    if (!result.notes.empty()) line["notes"] = result.notes;
    if (plan != nullptr) {
      line["present"] = plan->present;
      line["genres"] = plan->genres;
      line["scores"] = plan->after.front().scores;
    }
    fmt::print("{}\n", dump_json(line));
  } else {
    const std::string name = printable(file.string());
    if (plan != nullptr && plan->changes() && result.outcome == WriteOutcome::written) {
      const std::string& scores = plan->after.front().scores;
      fmt::print("{}\n  {} -> {}{}\n", name, list_text(plan->present), list_text(plan->genres),
                 scores.empty() ? "" : "\n  scores " + printable(scores));
    } else if (result.reason.empty()) {
      fmt::print("{}: {}\n", name, outcome);
    }
  }
  if (std::fflush(stdout) != 0) throw FileError("cannot write to standard output");
  if (!result.reason.empty()) warn(result.reason);
  for (const std::string& note : result.notes) warn(printable(file.string()) + ": " + note);
}

ExitCode undo(const TagArguments& arguments) {
  Tally tally;
  tags::undo_tags(arguments.undo, {.keep_mtime = arguments.keep_mtime, .audio_hash = audio::hash_packets},
                  [&](const FileResult& result) {
                    tally.add(result.outcome);
                    print_file(arguments, result.file, nullptr, result);
                  });
  say(tally.text("given their old genres back"));
  return tally.exit_code();
}

/// Reads what `gamut predict --json` wrote.
/// @param top  the scores taken of each song.
/// @throws FileError       a line that is no prediction.
/// @throws ParameterError  a line with a genre that cannot be written.
std::vector<TagProposal> load_predictions(const fs::path& path, std::size_t top) {
  std::vector<TagProposal> proposals;
  std::istringstream lines(load_text(path));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (trim(line).empty()) continue;
    try {
      const Json json = Json::parse(line);
      TagProposal& entry = proposals.emplace_back();
      entry.file = tags::get_path(json, "path");
      if (json.at("outcome") == "failed") {
        entry.fault = json.value("reason", printable(entry.file.string()) + " could not be predicted");
        continue;
      }
      entry.proposal.genres = json.at("genres").get<std::vector<std::string>>();
      for (const auto& [genre, score] : json.at("scores").items()) {
        entry.proposal.scores.push_back({genre, score.get<double>()});
      }
      entry.proposal.scores.resize(std::min(entry.proposal.scores.size(), top));
      entry.proposal.validate();
      entry.note = json.value("reason", "");
    } catch (const ParameterError& error) {
      throw ParameterError(fmt::format("{}:{}: {}", printable(path.string()), number, error.what()), path);
    } catch (const std::exception& error) {
      throw FileError(fmt::format("{}:{}: not a line of `gamut predict --json` ({})",
                                  printable(path.string()), number, printable(error.what())),
                      path);
    }
  }
  return proposals;
}

/// Plans and, where asked to, writes one file after the other. However that ends, it says how to take back
/// what was written.
class Tagger {
 public:
  Tagger(const TagArguments& arguments, const fs::path& workspace) : arguments_(arguments) {
    arguments_.plan.validate();
    if (!arguments_.whitelist.empty())
      arguments_.plan.whitelist = tags::Whitelist::load(arguments_.whitelist);
    if (!arguments_.write) return;
    journal_.emplace(arguments_.journal.empty() ? default_journal(workspace) : arguments_.journal);
  }
  ~Tagger() {
    if (journal_ && tally_.of(WriteOutcome::written) > 0) {
      warn("to take it back: gamut tag --undo " + printable(journal_->path().string()));
    }
  }
  Tagger(const Tagger&) = delete;
  Tagger& operator=(const Tagger&) = delete;

  void tag(const TagProposal& entry) {
    FileResult result{.file = entry.file, .outcome = WriteOutcome::failed, .reason = entry.fault};
    std::optional<TagPlan> plan;
    if (entry.fault.empty()) {
      try {
        // A process that was killed may have left a copy beside the file.
        std::error_code missing;
        const fs::path folder = fs::canonical(entry.file, missing).parent_path();
        if (journal_ && !missing && folders_.insert(folder).second) tags::remove_leftovers(folder);
        plan = plan_tags(entry.file, entry.proposal, arguments_.plan);
      } catch (const FileError& error) {
        result.reason = error.what();
      }
    }
    if (plan && journal_) {
      result = write_tags(*plan, *journal_,
                          {.keep_mtime = arguments_.keep_mtime, .audio_hash = audio::hash_packets});
    } else if (plan) {
      result.outcome = plan->changes() ? WriteOutcome::written : WriteOutcome::unchanged;
    }
    if (!entry.note.empty()) result.notes.push_back(entry.note);
    tally_.add(result.outcome);
    print_file(arguments_, entry.file, plan ? &*plan : nullptr, result);
  }

  ExitCode finish() const {
    say(tally_.text(journal_ ? "written" : "would be written; --write does it"));
    return tally_.exit_code();
  }

 private:
  TagArguments arguments_;
  std::optional<tags::Journal> journal_;
  std::set<fs::path> folders_;
  Tally tally_;
};

ExitCode tag(const GlobalOptions& global, const TagArguments& arguments, const ProposeByModel& propose) {
  if (!arguments.undo.empty()) return undo(arguments);
  if (arguments.model.model.empty() == arguments.predictions.empty()) {
    throw ParameterError(
        "give either --model DIR and what to tag, --predictions FILE of `gamut predict --json`, or --undo "
        "JOURNAL");
  }
  if (!arguments.predictions.empty()) {
    const std::vector<TagProposal> proposals = load_predictions(arguments.predictions, arguments.top);
    Tagger tagger(arguments, global.workspace);
    for (const TagProposal& entry : proposals) tagger.tag(entry);
    return tagger.finish();
  }
  if (arguments.model.audio.empty()) throw ParameterError("give audio files, folders or playlists to tag");
  if (std::ranges::find(arguments.model.audio, "-") != arguments.model.audio.end()) {
    throw ParameterError("standard input has no tags to write; give files");
  }
  std::optional<Tagger> tagger;
  std::optional<Progress> progress;
  propose(
      arguments.model,
      [&](std::size_t files, const std::vector<std::string>& genres) {
        tags::Proposal anything{.genres = genres, .scores = {}};
        for (const std::string& genre : genres) {
          if (arguments.top > 0) anything.scores.push_back({genre, 0});
        }
        anything.validate();
        tagger.emplace(arguments, global.workspace);
        progress.emplace("songs", files);
      },
      [&](TagProposal entry) {
        entry.proposal.scores.resize(std::min(entry.proposal.scores.size(), arguments.top));
        tagger->tag(entry);
        progress->advance(1);
      });
  progress.reset();
  return tagger->finish();
}

}  // namespace

void add_tag_verb(CLI::App& app, const GlobalOptions& global, Work& work, ProposeByModel propose) {
  auto arguments = std::make_shared<TagArguments>();
  arguments->model.jobs = available_cores();
  CLI::App* verb = app.add_subcommand(
      "tag", "Genres into the tags of audio files: shows what it would write; --write does");
  auto* audio =
      verb->add_option("audio", arguments->model.audio, "Audio files, folders or playlists (.m3u8)");
  auto* model = verb->add_option("--model", arguments->model.model, "Model directory");
  auto* predictions =
      verb->add_option("--predictions", arguments->predictions,
                       "What `gamut predict --json` printed, in place of a model; its paths count from here")
          ->excludes(model);
  verb->add_flag("--write", arguments->write, "Write, instead of showing what would be written");
  auto* join =
      verb->add_option(
              "--join", arguments->plan.join,
              "Write one text with this between genres, such as \"; \", for players that show only one value")
          ->default_str("several values");
  auto* overwrite =
      verb->add_flag("--overwrite", arguments->plan.overwrite, "Genres that a file has give way to new ones");
  auto* whitelist = verb->add_option("--whitelist", arguments->whitelist,
                                     "File with the genres that may be written, one a line");
  auto* top = verb->add_option("--top", arguments->top, "Write the scores of so many genres; 0: none")
                  ->default_str("all");
  auto* decision =
      verb->add_option("--decision", arguments->model.decision,
                       "Which genres are given: by tuned thresholds, at 0.5, or by corrected probabilities")
          ->check(CLI::IsMember({"tuned", "0.5", "corrected"}));
  verb->add_flag("--keep-mtime", arguments->keep_mtime, "Files keep their modification times");
  auto* journal = verb->add_option("--journal", arguments->journal,
                                   "File that says what was written, for --undo; one that exists is added to")
                      ->default_str("gamut-tag-<date>-<time>.jsonl in the workspace");
  auto* undo =
      verb->add_option("--undo", arguments->undo, "Give files their old genres back, by these journals");
  auto* device = verb->add_option("--device", arguments->model.device, "auto, cpu or cuda")
                     ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
  auto* jobs = verb->add_option("--jobs", arguments->model.jobs, "Songs decoded and scored side by side")
                   ->check(CLI::Range(1, 1024));
  verb->add_flag("--json", arguments->as_json, "One JSON document a file and line");
  // What would have no effect is refused.
  for (CLI::Option* option : {audio, decision, device, jobs}) predictions->excludes(option);
  for (CLI::Option* option :
       {audio, model, predictions, join, overwrite, whitelist, top, decision, journal, device, jobs}) {
    undo->excludes(option);
  }
  verb->callback([&global, &work, arguments, propose = std::move(propose)] {
    work = [&global, arguments, propose] { return tag(global, *arguments, propose); };
  });
}

}  // namespace gamut::cli
