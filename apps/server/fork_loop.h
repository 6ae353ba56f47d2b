#pragma once

#include <functional>
#include <string>

namespace gamut::server {

/// The whole life of a fork server: a process that has loaded its libraries, and forks for each request that
/// comes through the socket on its standard input. A fork costs a tenth of a start. (The idea is that of
/// Android's zygote and of AFL's fork server.)
///
/// One fork runs at a time, with the files of its request as standard input and output and no others; it dies
/// with this process. This process reads no file of a request, so that each fork begins from the same clean
/// state; it ends when the other side of the socket is gone.
///
/// @param task  what a fork does; one that returns ends with status 0, one that throws with 1.
[[noreturn]] void serve_forks(const std::function<void(const std::string& request)>& task);

}  // namespace gamut::server
