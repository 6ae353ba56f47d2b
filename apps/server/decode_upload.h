#pragma once

#include <string>

namespace gamut::server {

/// What a fork of `gamut decode-uploads` (fork_loop.h) does with one upload: gives up every right that it
/// does not need, decodes the file on standard input, draws its pictures, writes an answer
/// (decode_protocol.h) to standard output, and ends the process.
///
/// @param request  JSON of a DecodeRequest.
/// @throws Error  an answer that nobody reads.
[[noreturn]] void decode_upload(const std::string& request);

}  // namespace gamut::server
