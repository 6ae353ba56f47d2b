#include "gamut/training/epoch_checkpoint.h"

#include <fmt/core.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::training {
namespace {

constexpr std::size_t kChecksumLength =
    64;  // SHA-256 in hex, before the archive, which checks nothing itself

Json to_json(const TrainingState& state) {
  Json json = {{"best_epoch", state.best_epoch}, {"best_loss", state.best_loss}, {"history", Json::array()}};
  for (const EpochRecord& epoch : state.history) {
    json["history"].push_back({epoch.epoch, epoch.train_loss, epoch.validation_loss,
                               epoch.validation_balanced_accuracy, epoch.seconds, epoch.images_per_second});
  }
  return json;
}

TrainingState state_from_json(const Json& json) {
  TrainingState state{.history = {}, .best_epoch = json.at("best_epoch"), .best_loss = json.at("best_loss")};
  for (const Json& epoch : json.at("history")) {
    state.history.push_back({epoch.at(0), epoch.at(1), epoch.at(2), epoch.at(3), epoch.at(4), epoch.at(5)});
  }
  return state;
}

void write_all(torch::serialize::OutputArchive& archive, const std::string& name,
               const std::vector<torch::Tensor>& tensors) {
  for (std::size_t i = 0; i < tensors.size(); ++i) archive.write(fmt::format("{}.{}", name, i), tensors[i]);
}

std::vector<torch::Tensor> read_all(torch::serialize::InputArchive& archive, const std::string& name,
                                    std::size_t count) {
  std::vector<torch::Tensor> tensors(count);
  for (std::size_t i = 0; i < count; ++i) archive.read(fmt::format("{}.{}", name, i), tensors[i]);
  return tensors;
}

void copy_all(const std::vector<torch::Tensor>& from, std::vector<torch::Tensor>& to) {
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < from.size(); ++i) to[i].copy_(from[i]);
}

std::string read_text(torch::serialize::InputArchive& archive, const std::string& name) {
  c10::IValue value;
  archive.read(name, value);
  return value.toStringRef();
}

}  // namespace

void save_epoch(const std::filesystem::path& path, const std::string& key, const TrainingState& state,
                const TrainingTensors& tensors) {
  torch::serialize::OutputArchive archive;
  archive.write("key", c10::IValue(key));
  archive.write("state", c10::IValue(dump_json(to_json(state))));
  write_all(archive, "network", tensors.network);
  write_all(archive, "best", tensors.best);
  torch::serialize::OutputArchive optimiser;
  tensors.optimiser.save(optimiser);
  archive.write("optimiser", optimiser);
  std::ostringstream stream;
  archive.save_to(stream);
  const std::string bytes = std::move(stream).str();
  save_atomically(path, sha256_hex(bytes) + bytes);
}

bool load_epoch(const std::filesystem::path& path, const std::string& key, TrainingState& state,
                const TrainingTensors& tensors) {
  if (!std::filesystem::exists(path)) return false;
  try {
    const std::string file = load_text(path);
    const std::string_view bytes = std::string_view(file).substr(std::min(kChecksumLength, file.size()));
    if (!file.starts_with(sha256_hex(bytes))) throw FileError("its checksum differs", path);
    torch::serialize::InputArchive archive;
    archive.load_from(bytes.data(), bytes.size());
    if (read_text(archive, "key") != key) return false;
    const TrainingState loaded = state_from_json(Json::parse(read_text(archive, "state")));
    const std::vector<torch::Tensor> network = read_all(archive, "network", tensors.network.size());
    const std::vector<torch::Tensor> best = read_all(archive, "best", tensors.best.size());
    torch::serialize::InputArchive optimiser;
    archive.read("optimiser", optimiser);
    tensors.optimiser.load(optimiser);
    copy_all(network, tensors.network);
    copy_all(best, tensors.best);
    state = loaded;
    return true;
  } catch (const std::exception&) {  // LibTorch throws types of its own for damaged files
    warn(printable(path.string()) + " cannot be read; its training starts anew");
    return false;
  }
}

}  // namespace gamut::training
