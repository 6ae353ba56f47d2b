#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

#include "gamut/models/network.h"
#include "gamut/weights/tensor_file.h"

namespace gamut::models {

/// Copies the tensors of a weight file (torch.save's zip format or safetensors) into a network by name, in
/// float32.
///
/// A network of more than one plane takes the first convolution of one plane for each of them, divided by
/// their number, so that equal planes give what one gave. The last layer keeps the network's own values
/// where its shape differs (another number of outputs); `num_batches_tracked` may be absent.
///
/// @throws ModelError  names missing or left over, shapes or types that differ: all listed; the network is
/// unchanged.
void load_weights(NetworkImpl& network, const std::filesystem::path& path);

/// The network as safetensors with metadata, written atomically; no time stamps: the same network gives the
/// same bytes. A network with folded batch norms is written as it is, without them, and the metadata say so.
///
/// @param type  float32, or float16, which halves the file and is read back as float32.
/// @throws ParameterError  another type.
/// @throws ModelError      float16, and a weight that it cannot hold.
void save_checkpoint(const NetworkImpl& network, const std::filesystem::path& path,
                     std::map<std::string, std::string> metadata,
                     weights::DataType type = weights::DataType::float32);

/// The metadata alone.
/// @throws ModelError  not a safetensors file.
std::map<std::string, std::string> load_checkpoint_metadata(const std::filesystem::path& path);

struct Checkpoint {
  Network network{nullptr};  ///< on the CPU, in eval mode, channels-last as in training
  std::map<std::string, std::string> metadata;
};

/// A checkpoint as it was saved; a folded one is a folded network. Its metadata must have `architecture`; the
/// number of outputs is that of its last layer.
/// @throws ModelError  no such metadata; tensors that are not exactly the network's.
Checkpoint load_checkpoint(const std::filesystem::path& path);

}  // namespace gamut::models
