#include "tests/server/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::server::test {
namespace {

constexpr double kPatienceS = 90;

}  // namespace

std::string Answer::error_code() const {
  const Json json = Json::parse(body, nullptr, false);
  return json.is_object() && json.contains("error") ? json["error"]["code"].get<std::string>() : "";
}

Client::Client(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::runtime_error("the server does not accept connections");
  }
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      received_(std::move(other.received_)),
      pause_(other.pause_) {}

Client::~Client() {
  if (socket_ >= 0) close();
}

bool Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::receive_more(double seconds) {
  std::this_thread::sleep_for(pause_);
  pollfd waiting{socket_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(seconds * 1000)) <= 0) return false;
  std::array<char, 65536> piece;
  const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  received_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

Answer Client::receive(bool of_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive_more(kPatienceS)) return {};
  }
  Answer answer;
  answer.status = std::stoi(received_.substr(9, 3));
  for (const std::string& line : split_list(std::string_view(received_).substr(0, end), '\n')) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    answer.headers[name] = line.substr(colon + 2);
  }
  received_.erase(0, end + 4);
  const std::size_t length = of_head || !answer.headers.contains("content-length")
                                 ? 0
                                 : std::stoul(answer.headers["content-length"]);
  while (received_.size() < length) {
    if (!receive_more(kPatienceS)) return {};
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

bool Client::is_closed_within(double seconds) const {
  pollfd waiting{socket_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(seconds * 1000)) <= 0) return false;
  char byte = 0;
  return recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

void Client::finish_sending() const {
  shutdown(socket_, SHUT_WR);
}

void Client::close() {
  ::close(std::exchange(socket_, -1));
}

void Client::reset() {
  const linger now{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  close();
}

std::string post(std::string_view path, std::string_view body, std::string_view header_lines) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(header_lines) + "\r\n" + std::string(body);
}

std::string get(std::string_view path, std::string_view header_lines) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(header_lines) + "\r\n";
}

Answer ask(int port, std::string_view request) {
  Client client(port);
  client.send(request);
  return client.receive();
}

RunningServer::RunningServer(HttpOptions options, std::vector<Route> routes)
    : server_(std::move(options), std::move(routes), metrics_),
      thread_([this] { server_.run([this] { return stop_.load(); }); }) {}

RunningServer::~RunningServer() {
  stop_ = true;
  join();
}

void RunningServer::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace gamut::server::test
