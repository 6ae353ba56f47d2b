#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/verbs.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/weights/check.h"
#include "gamut/weights/fetch.h"
#include "gamut/weights/published.h"
#include "gamut/weights/weight_folder.h"

namespace gamut::cli {
namespace {

struct FolderArguments {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> files;
  bool as_json = false;

  std::filesystem::path place() const { return folder.empty() ? weights::torch_hub_folder() : folder; }
};

struct FetchArguments {
  std::vector<std::string> names;
  std::filesystem::path folder;
  std::string from{weights::kPublisher};
  int timeout_s = 60;
};

struct ListedFile {
  std::string name;
  std::optional<std::uint64_t> bytes;  ///< of the file that is there
  const weights::PublishedWeights* published = nullptr;
};

// torchvision's files, there or not, and the others that are there.
std::vector<ListedFile> list_files(const std::filesystem::path& folder) {
  std::vector<ListedFile> files;
  for (const weights::PublishedWeights& known : weights::published_weights())
    files.push_back({.name = std::string(known.file), .bytes = std::nullopt, .published = &known});
  for (const std::filesystem::path& path : weights::weight_files(folder)) {
    const std::string name = path.filename().string();
    const auto known = std::find_if(files.begin(), files.end(),
                                    [&](const ListedFile& listed) { return listed.name == name; });
    ListedFile& listed = known != files.end() ? *known : files.emplace_back();
    listed.name = name;
    listed.bytes = std::filesystem::file_size(path);
  }
  return files;
}

Json to_json(const ListedFile& file, const std::filesystem::path& folder) {
  Json json = {{"file", file.name}, {"path", nullptr}, {"bytes", nullptr}};
  if (file.bytes) {
    json["path"] = (folder / file.name).string();
    json["bytes"] = *file.bytes;
  }
  if (file.published != nullptr) {
    json["published"] = {{"architecture", file.published->architecture},
                         {"bytes", file.published->bytes},
                         {"address", std::string(weights::kPublisher) + file.name}};
  }
  return json;
}

ExitCode print_list(const FolderArguments& arguments) {
  const std::filesystem::path folder = arguments.place();
  const std::vector<ListedFile> files = list_files(folder);
  if (arguments.as_json) {
    Json json = {{"folder", folder.string()}, {"files", Json::array()}};
    for (const ListedFile& file : files) json["files"].push_back(to_json(file, folder));
    fmt::print("{}\n", dump_json(json, 2));
    return kDone;
  }
  fmt::print("{}\n", printable(folder.string()));
  for (const ListedFile& file : files) {
    const bool cut = file.bytes && file.published != nullptr && *file.bytes != file.published->bytes;
    const std::string state = !file.bytes ? "absent" : cut ? "there, but of another size" : "there";
    fmt::print("  {:<28} {:>11}  {}\n", printable(file.name),
               file.bytes ? *file.bytes : file.published->bytes, state);
  }
  return kDone;
}

ExitCode fetch(const FetchArguments& arguments) {
  const weights::FetchOptions options{.folder = arguments.folder,
                                      .from = arguments.from,
                                      .timeout = std::chrono::seconds(arguments.timeout_s)};
  bool all_fetched = true;
  for (const std::string& name : arguments.names) {
    try {
      const weights::Fetched fetched = weights::fetch_weights(name, options);
      if (fetched.was_there) say(printable(fetched.path.filename().string()) + " was there");
      fmt::print("{}\n", printable(fetched.path.string()));
    } catch (const ModelError& error) {
      warn(std::string("gamut: ") + error.what());
      all_fetched = false;
    }
  }
  return all_fetched ? kDone : kFailed;
}

Json to_json(const std::filesystem::path& path, const weights::CheckedFile& checked) {
  return {{"path", path.string()},
          {"ok", true},
          {"bytes", checked.bytes},
          {"sha256", checked.sha256},
          {"hash_in_name", checked.hash_in_name},
          {"tensors", checked.n_tensors},
          {"numbers", checked.n_numbers}};
}

ExitCode check(const FolderArguments& arguments) {
  const std::vector<std::filesystem::path> files =
      arguments.files.empty() ? weights::weight_files(arguments.place()) : arguments.files;
  if (files.empty()) {
    throw ModelError("there are no weight files in " + printable(arguments.place().string()) +
                     "; name files, or a folder with --weights");
  }
  Json json = Json::array();
  bool all_good = true;
  for (const std::filesystem::path& path : files) {
    try {
      const weights::CheckedFile checked = weights::check_weights(path);
      json.push_back(to_json(path, checked));
      if (!arguments.as_json) {
        fmt::print("good  {}: {} tensors of {} numbers, {} bytes, SHA-256 {}{}\n", printable(path.string()),
                   checked.n_tensors, checked.n_numbers, checked.bytes, checked.sha256,
                   checked.hash_in_name ? "" : ", which its name does not tell");
      }
    } catch (const Error& error) {
      all_good = false;
      json.push_back({{"path", path.string()}, {"ok", false}, {"fault", error.what()}});
      warn(std::string("gamut: ") + error.what());
    }
  }
  if (arguments.as_json) fmt::print("{}\n", dump_json(json, 2));
  return all_good ? kDone : kFailed;
}

std::string architecture_names() {
  std::vector<std::string> names;
  for (const weights::PublishedWeights& known : weights::published_weights())
    names.emplace_back(known.architecture);
  return join(names, ", ");
}

}  // namespace

void add_weights_verbs(CLI::App& app, Work& work) {
  CLI::App* group = app.add_subcommand("weights", "ImageNet weights: what is there, fetch it, check it");
  group->require_subcommand(1);
  const char* folder_help = "Folder of weight files; torch hub's cache when not given";
  {
    auto arguments = std::make_shared<FolderArguments>();
    CLI::App* verb = group->add_subcommand("list", "torchvision's files and the others that are there");
    verb->add_option("--weights", arguments->folder, folder_help);
    verb->add_flag("--json", arguments->as_json, "One JSON document");
    verb->callback([&work, arguments] { work = [arguments] { return print_list(*arguments); }; });
  }
  {
    auto arguments = std::make_shared<FetchArguments>();
    CLI::App* verb = group->add_subcommand("fetch", "Download what is missing; goes on where it stopped");
    verb->add_option("names", arguments->names,
                     architecture_names() + ", or a file's name with the start of its SHA-256")
        ->required();
    verb->add_option("--to", arguments->folder, folder_help);
    verb->add_option("--from", arguments->from, "Address of a mirror, which the file's name follows");
    verb->add_option("--timeout", arguments->timeout_s, "Longest wait for the next byte, in seconds")
        ->check(CLI::Range(1, 86400));
    verb->callback([&work, arguments] { work = [arguments] { return fetch(*arguments); }; });
  }
  {
    auto arguments = std::make_shared<FolderArguments>();
    CLI::App* verb =
        group->add_subcommand("check", "Read weight files and compare their SHA-256 with their names");
    verb->add_option("files", arguments->files, "Weight files; all of the folder when not given");
    verb->add_option("--weights", arguments->folder, folder_help);
    verb->add_flag("--json", arguments->as_json, "One JSON document");
    verb->callback([&work, arguments] { work = [arguments] { return check(*arguments); }; });
  }
}

}  // namespace gamut::cli
