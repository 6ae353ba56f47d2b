#include "tests/weights/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace gamut::weights::test {

HttpServer::HttpServer(std::function<Answer(const std::string&)> answer) : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no local port to listen at");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
  stop_ = true;
  thread_.join();
  for (int connection : silent_) ::close(connection);
  ::close(listener_);
}

std::string HttpServer::address() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/models/";
}

std::vector<std::string> HttpServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::serve() {
  while (!stop_) {
    pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) serve_one(connection);
  }
}

void HttpServer::serve_one(int connection) {
  std::string request;
  char buffer[4096];
  while (request.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
    if (count <= 0) break;
    request.append(buffer, static_cast<std::size_t>(count));
  }
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const Answer answer = answer_(request);
  for (std::size_t sent = 0; sent < answer.bytes.size();) {
    const ssize_t count =
        ::send(connection, answer.bytes.data() + sent, answer.bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  if (answer.keep_silent) {
    silent_.push_back(connection);
  } else {
    ::close(connection);
  }
}

std::string http_answer(const std::string& status, const std::string& header_lines, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + header_lines + "\r\n" + body;
}

Answer serve_file(const std::string& request, const std::string& file, bool with_ranges) {
  static constexpr std::string_view kRange = "\r\nRange: bytes=";
  const std::size_t found = request.find(kRange);
  if (found == std::string::npos || !with_ranges) return {http_answer("200 OK", "", file)};
  const std::size_t start = std::stoul(request.substr(found + kRange.size()));
  if (start >= file.size()) {
    return {http_answer("416 Range Not Satisfiable",
                        "Content-Range: bytes */" + std::to_string(file.size()) + "\r\n", "")};
  }
  return {http_answer("206 Partial Content",
                      "content-range: bytes " + std::to_string(start) + "-" +
                          std::to_string(file.size() - 1) + "/" + std::to_string(file.size()) + "\r\n",
                      file.substr(start))};
}

}  // namespace gamut::weights::test
