#include <fmt/format.h>

#include <memory>
#include <optional>

#include "apps/cli/front_end_arguments.h"
#include "apps/cli/verbs.h"
#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/npy.h"
#include "gamut/core/npy_writer.h"
#include "gamut/core/parallel.h"
#include "gamut/core/png.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/features/extractor.h"
#include "gamut/spectra/colour_map.h"
#include "gamut/spectra/mfcc.h"

namespace gamut::cli {
namespace {

struct SpectrogramArguments {
  std::filesystem::path audio;
  std::filesystem::path output;
  std::string scale = "mel";
  std::string array = "picture";
  std::string colour_map = "magma";
  double max_duration_s = audio::DecodeOptions().max_duration_s;
  spectra::MfccOptions mfcc;
  FrontEndArguments front_end;
};

spectra::ArrayKind parse_array(const std::string& word) {
  if (word == "magnitude") return spectra::ArrayKind::magnitude;
  if (word == "power") return spectra::ArrayKind::power;
  return spectra::ArrayKind::db;
}

/// Writes the arrays of all signals, one after the other: shape [signals, …], without that axis where there
/// is one. One of them is held at a time.
void save_arrays(const spectra::FrontEnd& front_end, const audio::Recording& recording,
                 const SpectrogramArguments& arguments) {
  std::optional<NpyFloatWriter> writer;
  std::size_t written = 0;
  const auto write = [&](std::vector<std::size_t> shape, std::span<const float> values) {
    if (recording.signals.size() > 1) shape.insert(shape.begin(), recording.signals.size());
    if (!writer) writer.emplace(arguments.output, shape);
    writer->write(written, values);
    written += values.size();
  };
  for (const std::vector<float>& signal : recording.signals) {
    if (arguments.array == "signal") {
      write({signal.size()}, signal);
    } else {
      const Matrix matrix = arguments.array == "mfcc"
                                ? compute_mfcc(front_end, signal, arguments.mfcc)
                                : front_end.compute_array(signal, parse_array(arguments.array));
      write({matrix.rows, matrix.columns}, matrix.values);
    }
  }
  writer->finish();
}

void save_pictures(const std::filesystem::path& path, const std::vector<spectra::SegmentPicture>& pictures,
                   bool segmented) {
  const spectra::Picture& first = pictures.front().picture;
  std::vector<std::size_t> shape{static_cast<std::size_t>(first.height),
                                 static_cast<std::size_t>(first.width)};
  if (first.planes > 1) shape.insert(shape.begin(), static_cast<std::size_t>(first.planes));
  if (segmented) shape.insert(shape.begin(), pictures.size());
  std::vector<std::uint8_t> indices;
  for (const spectra::SegmentPicture& segment : pictures) {
    indices.insert(indices.end(), segment.picture.indices.begin(), segment.picture.indices.end());
  }
  save_npy(path, indices, shape);
}

ExitCode run_spectrogram(const SpectrogramArguments& arguments) {
  spectra::FrontEndOptions options = arguments.front_end.options();
  options.scale = arguments.scale;
  std::vector<spectra::FrontEnd> front_end;
  front_end.emplace_back(options);
  const std::string extension = arguments.output.extension().string();
  const bool as_png = extension == ".png";
  if (!as_png && extension != ".npy") {
    throw ParameterError("-o " + printable(arguments.output.string()) + " must end in .png or .npy");
  }
  if (as_png && arguments.array != "picture") {
    throw ParameterError("--array " + arguments.array +
                         " is numbers, not a picture; write it to a .npy file");
  }
  if (options.segment_s && (as_png || arguments.array != "picture")) {
    throw ParameterError(
        "--segment makes many pictures; write them to a .npy file, with --array picture, or leave it out");
  }
  const audio::Recording recording =
      audio::decode(arguments.audio, {.sample_rate_hz = options.sample_rate_hz,
                                      .channels = options.channels,
                                      .max_duration_s = arguments.max_duration_s});
  if (recording.outcome == Outcome::partial) {
    warn("warning: " + printable(arguments.audio.string()) + ": " + recording.reason);
  }
  if (arguments.array != "picture") {
    save_arrays(front_end.front(), recording, arguments);
  } else {
    const std::vector<spectra::SegmentPicture> pictures =
        compute_pictures(front_end, recording.signals).front();
    if (as_png) {
      const spectra::ColourMap colours = spectra::parse_colour_map(arguments.colour_map);
      save_png(arguments.output, spectra::paint(pictures.front().picture, colours));
    } else {
      save_pictures(arguments.output, pictures, options.segment_s.has_value());
    }
  }
  say(arguments.output.string());
  return recording.outcome == Outcome::ok ? kDone : kSomeSongsFailed;
}

struct ExtractArguments {
  std::vector<std::string> scales{"linear", "mel"};
  int jobs = available_cores();
  bool retry_failed = false;
  double max_duration_s = audio::DecodeOptions().max_duration_s;
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
        ->check(CLI::IsMember({"signal", "magnitude", "power", "db", "mfcc", "picture"}));
    verb->add_option("--n-mfcc", arguments->mfcc.n_mfcc, "Coefficients of --array mfcc");
    verb->add_option("--colour-map", arguments->colour_map, "magma or gray")
        ->check(CLI::IsMember({"magma", "gray"}));
    verb->add_option("--max-duration", arguments->max_duration_s, "Seconds; a longer song is refused");
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
    verb->add_flag("--retry-failed", arguments->retry_failed,
                   "Try the songs again that failed, and only these");
    verb->add_option("--max-duration", arguments->max_duration_s, "Seconds; longer songs fail");
    arguments->front_end.add_to(*verb);
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_extract(global, *arguments); };
    });
  }
}

}  // namespace gamut::cli
