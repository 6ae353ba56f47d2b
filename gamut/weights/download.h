#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace gamut::weights {

/// A file to fetch.
struct Download {
  std::string address;                 ///< http or https
  std::filesystem::path target;        ///< where it is to lie; its folder is made
  std::string sha256_start;            ///< hex digits that its SHA-256 must begin with
  std::optional<std::uint64_t> bytes;  ///< its size, where it is known
  std::chrono::seconds timeout{60};    ///< longest wait for a connection, and for the next byte
};

/// Fetches a file by HTTP, with a progress bar, and puts it in its place once its SHA-256 is right: at no
/// time is there a part of it, or another file, under its own name.
///
/// Until then it grows as `<target>.part`, which a broken or interrupted download leaves behind and the next
/// one goes on from where the server can (Range). Ten redirects are followed, never from https to http. A
/// proxy is taken from http_proxy, https_proxy and no_proxy.
///
/// @throws ModelError   no connection, an HTTP error, a transfer that breaks off or stalls, another size or
/// SHA-256, of
///                      which nothing is kept; with the address, the size and where to put the file by hand.
/// @throws FileError    the disk is full or the folder not writable; another process is fetching the same
/// file.
/// @throws Interrupted  a signal came; what was fetched is kept.
void download(const Download& download);

}  // namespace gamut::weights
