#include "apps/server/fork_protocol.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace gamut::server {
namespace {

/// Far above what front ends need, and below what a socket takes at once.
constexpr std::size_t kLongestRequest = 128 << 10;

using Pair = std::array<int, 2>;
using Control = std::array<char, CMSG_SPACE(sizeof(Pair))>;

/// send(2) and recvmsg(2), again after a signal.
template <class Call>
ssize_t persist(Call call) {
  ssize_t n = 0;
  do n = call();
  while (n < 0 && errno == EINTR);
  return n;
}

msghdr make_message(iovec& text, Control& control) {
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  return message;
}

}  // namespace

bool send_work(int socket, const std::string& request, int input, int output) {
  if (request.size() > kLongestRequest) {
    errno = EMSGSIZE;
    return false;
  }
  iovec text{const_cast<char*>(request.data()), request.size()};
  alignas(cmsghdr) Control control{};
  msghdr message = make_message(text, control);
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(Pair));
  const Pair files{input, output};
  std::memcpy(CMSG_DATA(header), &files, sizeof(files));
  return persist([&] { return sendmsg(socket, &message, MSG_NOSIGNAL); }) >= 0;
}

void send_stop(int socket) {
  persist([&] { return send(socket, "x", 1, MSG_NOSIGNAL); });
}

std::optional<ForkWork> receive_work(int socket) {
  ForkWork work{.request = std::string(kLongestRequest, '\0'), .input = Descriptor(), .output = Descriptor()};
  iovec text{work.request.data(), work.request.size()};
  alignas(cmsghdr) Control control{};
  msghdr message = make_message(text, control);
  const ssize_t n = persist([&] { return recvmsg(socket, &message, MSG_CMSG_CLOEXEC); });
  if (n <= 0) return std::nullopt;
  work.request.resize(static_cast<std::size_t>(n));
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(Pair))) {
    Pair files{};
    std::memcpy(&files, CMSG_DATA(header), sizeof(files));
    work.input = Descriptor(files[0]);
    work.output = Descriptor(files[1]);
  }
  return work;
}

bool send_end(int socket, const ForkEnd& end) {
  return persist([&] { return send(socket, &end, sizeof(end), MSG_NOSIGNAL); }) >= 0;
}

bool receive_end(int socket, ForkEnd& end) {
  return persist([&] { return recv(socket, &end, sizeof(end), 0); }) == sizeof(end);
}

}  // namespace gamut::server
