#include <fmt/format.h>

#include <array>
#include <memory>

#include "apps/cli/front_end_arguments.h"
#include "apps/cli/verbs.h"
#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/npy.h"
#include "gamut/core/parallel.h"
#include "gamut/core/png.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/features/extractor.h"
#include "gamut/spectra/colour_map.h"

namespace gamut::cli {
namespace {

struct SpectrogramArguments {
  std::filesystem::path audio;
  std::filesystem::path output;
  std::string scale = "mel";
  std::string array = "picture";
  std::string colour_map = "magma";
  FrontEndArguments front_end;
};

void save_matrix(const std::filesystem::path& path, const Matrix& matrix) {
  const std::array<std::size_t, 2> shape{matrix.rows, matrix.columns};
  save_npy(path, matrix.values, shape);
}

spectra::ArrayKind parse_array(const std::string& word) {
  if (word == "magnitude") return spectra::ArrayKind::magnitude;
  if (word == "power") return spectra::ArrayKind::power;
  return spectra::ArrayKind::db;
}

ExitCode run_spectrogram(const SpectrogramArguments& arguments) {
  spectra::FrontEndOptions options = arguments.front_end.options();
  options.scale = arguments.scale;
  const spectra::FrontEnd front_end(options);
  const std::string extension = arguments.output.extension().string();
  const bool as_png = extension == ".png";
  if (!as_png && extension != ".npy") {
    throw ParameterError("-o " + printable(arguments.output.string()) + " must end in .png or .npy");
  }
  if (as_png && arguments.array != "picture") {
    throw ParameterError("--array " + arguments.array +
                         " is numbers, not a picture; write it to a .npy file");
  }
  const audio::Recording recording = audio::decode(
      arguments.audio, {.sample_rate_hz = options.sample_rate_hz, .channels = options.channels});
  if (recording.outcome == Outcome::partial) {
    warn("warning: " + printable(arguments.audio.string()) + ": " + recording.reason);
  }
  if (arguments.array == "signal") {
    const std::array<std::size_t, 1> shape{recording.samples.size()};
    save_npy(arguments.output, recording.samples, shape);
  } else if (arguments.array != "picture") {
    save_matrix(arguments.output, front_end.compute_array(recording.samples, parse_array(arguments.array)));
  } else {
    const spectra::Picture picture = front_end.compute_picture(recording.samples);
    if (as_png) {
      save_png(arguments.output, spectra::paint(picture, spectra::parse_colour_map(arguments.colour_map)));
    } else {
      const std::array<std::size_t, 2> shape{static_cast<std::size_t>(picture.height),
                                             static_cast<std::size_t>(picture.width)};
      save_npy(arguments.output, picture.indices, shape);
    }
  }
  say(arguments.output.string());
  return recording.outcome == Outcome::ok ? kDone : kSomeSongsFailed;
}

struct ExtractArguments {
  std::vector<std::string> scales{"linear", "mel"};
  int jobs = available_cores();
  bool retry_failed = false;
  double max_duration_s = 3 * 3600;
  FrontEndArguments front_end;
};

ExitCode run_extract(const GlobalOptions& global, const ExtractArguments& arguments) {
  features::ExtractOptions options{.front_ends = {},
                                   .jobs = arguments.jobs,
                                   .retry_failed = arguments.retry_failed,
                                   .max_duration_s = arguments.max_duration_s};
  for (const std::string& scale : arguments.scales) {
    options.front_ends.push_back(arguments.front_end.options());
    options.front_ends.back().scale = scale;
  }
  catalogue::Catalogue library(global.workspace);
  const features::ExtractReport report = features::extract(library, global.workspace, options);
  for (const features::ExtractReport::Fault& fault : report.faults) {
    warn(fmt::format("{}: {}: {}", to_string(fault.outcome), printable(fault.song), fault.reason));
  }
  for (const spectra::FrontEndOptions& front_end : options.front_ends) {
    fmt::print("pictures/{}\n", spectra::picture_set_name(front_end));
  }
  say(fmt::format("{} songs computed, {} were complete; {} partial, {} failed", report.computed,
                  report.complete, static_cast<std::int64_t>(report.faults.size()) - report.failed(),
                  report.failed()));
  if (report.failed() > 0 && !arguments.retry_failed) say("failed songs are tried again with --retry-failed");
  return report.failed() == 0 ? kDone : kSomeSongsFailed;
}

}  // namespace

void add_audio_verbs(CLI::App& app, const GlobalOptions& global, Work& work) {
  {
    auto arguments = std::make_shared<SpectrogramArguments>();
    CLI::App* verb = app.add_subcommand("spectrogram", "One file's spectrogram, as a picture or as numbers");
    verb->add_option("audio", arguments->audio, "Any audio file")->required();
    verb->add_option("-o,--output", arguments->output, "FILE.png or FILE.npy")->required();
    verb->add_option("--scale", arguments->scale, join(spectra::scale_names(), ", "))
        ->check(CLI::IsMember(spectra::scale_names()));
    verb->add_option("--array", arguments->array, "What is written")
        ->check(CLI::IsMember({"signal", "magnitude", "power", "db", "picture"}));
    verb->add_option("--colour-map", arguments->colour_map, "magma or gray")
        ->check(CLI::IsMember({"magma", "gray"}));
    arguments->front_end.add_to(*verb);
    verb->callback([&work, arguments] { work = [arguments] { return run_spectrogram(*arguments); }; });
  }
  {
    auto arguments = std::make_shared<ExtractArguments>();
    CLI::App* verb = app.add_subcommand("extract", "Fill the picture store; goes on where it stopped");
    verb->add_option("--scale", arguments->scales, join(spectra::scale_names(), ", "))
        ->delimiter(',')
        ->check(CLI::IsMember(spectra::scale_names()));
    verb->add_option("--jobs", arguments->jobs, "Songs decoded side by side")->check(CLI::Range(1, 1024));
    verb->add_flag("--retry-failed", arguments->retry_failed, "Try failed songs again");
    verb->add_option("--max-duration", arguments->max_duration_s, "Seconds; longer songs fail");
    arguments->front_end.add_to(*verb);
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_extract(global, *arguments); };
    });
  }
}

}  // namespace gamut::cli
