// A fork server whose forks run what they are asked for as a shell script.
#include <unistd.h>

#include "apps/server/fork_loop.h"

int main() {
  gamut::server::serve_forks(
      [](const std::string& script) { execl("/bin/sh", "sh", "-c", script.c_str(), nullptr); });
}
