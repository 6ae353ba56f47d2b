#include "apps/server/connection.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <ctime>
#include <limits>
#include <span>

#include "apps/server/query.h"
#include "apps/server/request_header.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::uint32_t kLongestHeader = 16 * 1024;  // bytes
constexpr milliseconds kLinger{10000};               // for a client to stop sending once it is answered
constexpr milliseconds kFairShare{1000};             // before a connection may be cut for the others
constexpr milliseconds kPause{100};                  // between requests, before that
constexpr int kRetryAfterS = 1;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return text.data();
}

HttpError too_many() {
  return {429, "busy", "the server has as much to do as it takes; try again soon", kRetryAfterS};
}

HttpError too_large(std::size_t limit_bytes) {
  return {413, "too_large",
          fmt::format("the body is larger than the {} bytes that this server accepts; send a shorter or "
                      "compressed recording",
                      limit_bytes)};
}

HttpError deadline_passed(milliseconds limit) {
  return {503, "timeout",
          fmt::format("the answer was not ready within the {} s of a request; try again, or send a shorter "
                      "recording",
                      format_number(static_cast<double>(limit.count()) / 1000)),
          kRetryAfterS};
}

Response error_response(const HttpError& error) {
  Response response{
      .status = error.status(),
      .content_type = "application/json",
      .body = dump_json({{"error", {{"code", error.code()}, {"message", error.what()}}}}) + "\n",
      .headers = {}};
  if (error.retry_after_s() > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(error.retry_after_s()));
  }
  return response;
}

/// What a route answers; never throws.
Response handle(const Route& route, const Request& request) {
  try {
    return route.handle(request);
  } catch (const HttpError& error) {
    return error_response(error);
  } catch (const std::exception& error) {
    return error_response(HttpError(500, "internal", "the server failed: " + std::string(error.what())));
  }
}

}  // namespace

Connection::Connection(ServerState& server, tcp::socket socket)
    : server_(server), socket_(std::move(socket)), timer_(server.context) {}

void Connection::start() {
  server_.connections.insert(shared_from_this());
  wait_for_request();
}

void Connection::close(Cancellation::Reason reason) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
  if (cancellation_) cancellation_->cancel(reason);
  server_.connections.erase(shared_from_this());
}

void Connection::close_unless_busy() {
  if (state_ == State::idle || state_ == State::lingering) close();
}

bool Connection::may_be_closed() const {
  const Clock::duration age = Clock::now() - began_;
  if (state_ == State::idle) return n_requests_ > 0 && age >= kPause;
  return state_ == State::lingering && age >= (is_cut_ ? kPause : kFairShare);
}

bool Connection::may_be_cut() const {
  if (is_cut_) return false;
  const Clock::duration age = Clock::now() - began_;
  if (state_ == State::writing) return age >= server_.options.write_timeout;
  return (state_ == State::idle || state_ == State::receiving) && age >= kFairShare;
}

bool Connection::takes_slowly() const {
  return state_ == State::writing && Clock::now() - began_ >= kFairShare;
}

std::size_t Connection::answer_bytes() const {
  return response_.body().size();
}

void Connection::cut() {
  if (state_ == State::writing) return close();
  is_cut_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

double Connection::rate() const {
  const std::chrono::duration<double> age = Clock::now() - began_;
  return static_cast<double>(moved_bytes_) / std::max(1e-3, age.count());
}

void Connection::wait_for_request() {
  state_ = State::idle;
  began_ = Clock::now();
  moved_bytes_ = 0;
  route_ = nullptr;
  upload_.reset();
  cancellation_.reset();
  if (buffer_.size() > 0) return receive_header();
  if (server_.is_stopping) return close();
  close_after(server_.options.idle_timeout);
  socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
    if (self->is_cut_) {
      self->parser_.emplace();
      return self->answer(too_many());
    }
    if (error) return self->close();
    self->receive_header();
  });
}

void Connection::receive_header() {
  state_ = State::receiving;
  began_ = Clock::now();
  deadline_ = began_ + server_.options.request_timeout;
  parser_.emplace();
  parser_->header_limit(kLongestHeader);
  // Bodies are counted as they come; no limit at all would refuse every length (Boost 1.74).
  parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
  stop_receiving_at(std::min(deadline_, began_ + server_.options.header_timeout));
  http::async_read_header(socket_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, std::size_t bytes) {
                            self->take_bytes(bytes);
                            if (self->fails(error)) return;
                            self->on_header();
                          });
}

void Connection::on_header() {
  try {
    check_request();
    if (!route_->is_work) return answer_at_once();
    if (server_.queue.is_full()) throw too_many();
    upload_ = std::make_shared<Upload>(server_.uploads, server_.options.max_upload_bytes);
  } catch (const HttpError& error) {
    return answer(error);
  } catch (const Error&) {
    return answer(too_many());  // no descriptor left
  }
  stop_receiving_at(deadline_);
  if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return receive_body();
  asio::async_write(socket_, asio::buffer(kContinue),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (self->fails(error)) return;
                      self->receive_body();
                    });
}

void Connection::check_request() {
  const RequestHeader& header = parser_->get();
  const std::string text(header.target());
  const Target target = parse_target(text);
  path_ = target.path;
  route_ = &find_route(server_.routes, std::string(header.method_string()), path_);
  check_header(header, *route_, server_.options);
  query_ = parse_query(target.query);
  const std::uint64_t declared_bytes = parser_->content_length().value_or(0);
  if (!route_->is_work && (parser_->chunked() || declared_bytes > 0)) {
    throw HttpError(413, "too_large", "this request takes no body");
  }
  if (declared_bytes > server_.options.max_upload_bytes) throw too_large(server_.options.max_upload_bytes);
}

void Connection::receive_body() {
  if (parser_->is_done()) return work();
  if (!piece_) piece_ = std::make_unique<std::array<char, kPieceBytes>>();
  parser_->get().body().data = piece_->data();
  parser_->get().body().size = piece_->size();
  parser_->get().body().more = true;
  http::async_read_some(socket_, buffer_, *parser_,
                        [self = shared_from_this()](error_code error, std::size_t bytes) {
                          self->take_bytes(bytes);
                          if (error == http::error::need_buffer) error = {};
                          if (self->fails(error)) return;
                          self->on_piece();
                        });
}

void Connection::on_piece() {
  const std::size_t got = piece_->size() - parser_->get().body().size;
  switch (upload_->append(std::span(piece_->data(), got))) {
    case Upload::Appended::too_large:
      return answer(too_large(server_.options.max_upload_bytes));
    case Upload::Appended::no_room:
      return answer(too_many());
    case Upload::Appended::yes:
      receive_body();
  }
}

void Connection::take_bytes(std::size_t bytes) {
  moved_bytes_ += bytes;
  server_.metrics.count("gamut_http_received_bytes_total", {}, static_cast<double>(bytes));
}

bool Connection::fails(error_code error) {
  if (state_ == State::closed) return true;
  if (is_cut_) {
    answer(too_many());
    return true;
  }
  if (is_too_slow_) {
    answer(HttpError(408, "too_slow", "the request did not arrive in time; send it faster"));
    return true;
  }
  if (!error) return false;
  if (error == http::error::end_of_stream ||
      error.category() != http::make_error_code(http::error::end_of_stream).category()) {
    close();
  } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    answer(HttpError(431, "header_too_large",
                     fmt::format("the header is larger than {} bytes", kLongestHeader)));
  } else {
    answer(HttpError(400, "malformed", "the request is not HTTP/1.1: " + error.message()));
  }
  return true;
}

void Connection::answer_at_once() {
  respond(handle(*route_, {.path = path_,
                           .query = query_,
                           .content_type = {},
                           .body = nullptr,
                           .deadline = deadline_,
                           .cancellation = nullptr}));
}

void Connection::work() {
  state_ = State::working;
  piece_.reset();
  try {
    cancellation_ = std::make_shared<Cancellation>();
  } catch (const Error&) {
    return answer(too_many());  // no descriptor left
  }
  // The work outlives the connection where the client goes away, so it owns all that it needs.
  auto job = [&context = server_.context, weak = weak_from_this(), upload = upload_,
              cancellation = cancellation_, route = route_,
              content_type = std::string(parser_->get()[http::field::content_type]), path = path_,
              query = query_, deadline = deadline_]() -> WorkQueue::Announce {
    if (cancellation->reason() != Cancellation::Reason::none) return {};
    Response response = handle(*route, {.path = path,
                                        .query = query,
                                        .content_type = content_type,
                                        .body = upload.get(),
                                        .deadline = deadline,
                                        .cancellation = cancellation.get()});
    return [&context, weak, cancellation, response = std::move(response)]() mutable {
      asio::post(context, [weak, cancellation, response = std::move(response)]() mutable {
        const std::shared_ptr<Connection> self = weak.lock();
        // Otherwise answered already, or cut.
        if (!self || !self->is_working_on(cancellation)) return;
        self->respond(std::move(response));
      });
    };
  };
  if (!server_.queue.try_add(std::move(job))) return answer(too_many());
  call_at(deadline_, [this] {
    cancellation_->cancel(Cancellation::Reason::deadline);
    answer(deadline_passed(server_.options.request_timeout));
  });
  watch_for_disconnection();
}

void Connection::watch_for_disconnection() {
  socket_.async_wait(
      tcp::socket::wait_read, [self = shared_from_this(), cancellation = cancellation_](error_code error) {
        if (error || !self->is_working_on(cancellation)) return;
        char byte = 0;
        const auto got = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got == 0) return self->probe_silent_client();
        // Otherwise the next request is here already; it waits for its turn.
        if (got < 0 && errno != EAGAIN) self->close();
      });
}

/// A client that sends no more may be gone, or may have closed its half alone and wait for its answer. Bytes
/// tell which, as the system of one that is gone resets the connection; and an interim answer is what a
/// client must skip, asked for or not (RFC 9110, 15.2), though HTTP/1.0 has none.
void Connection::probe_silent_client() {
  const auto sent = parser_->get().version() < 11 ? -1
                                                  : ::send(socket_.native_handle(), kContinue.data(),
                                                           kContinue.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent != static_cast<ssize_t>(kContinue.size())) return close();
  socket_.async_wait(tcp::socket::wait_error,
                     [self = shared_from_this(), cancellation = cancellation_](error_code error) {
                       if (!error && self->is_working_on(cancellation)) self->close();
                     });
}

bool Connection::is_working_on(const std::shared_ptr<Cancellation>& request) const {
  return state_ == State::working && cancellation_ == request;
}

void Connection::answer(const HttpError& error) {
  // What was not understood may be followed by anything; and of who is cut, or too slow, the last bytes may
  // have come just then.
  must_close_ = must_close_ || is_cut_ || is_too_slow_ || error.status() == 400 || error.status() == 501;
  respond(error_response(error));
}

void Connection::respond(Response response) {
  state_ = State::writing;
  upload_.reset();
  count(response.status);
  response_ = {};
  response_.version(11);
  response_.result(static_cast<unsigned>(response.status));
  response_.set(http::field::date, http_date());
  response_.set(http::field::content_type, response.content_type);
  response_.set("X-Content-Type-Options", "nosniff");
  response_.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  response_.set("Cross-Origin-Resource-Policy", "same-origin");
  response_.set("Referrer-Policy", "no-referrer");
  response_.set(http::field::cache_control, "no-store");
  if (response.status == 401) response_.set(http::field::www_authenticate, "Bearer");
  if (response.status == 405) response_.set(http::field::allow, allowed_methods(server_.routes, path_));
  for (const auto& [name, value] : response.headers) response_.set(name, value);
  response_.keep_alive(!must_close_ && !server_.is_stopping && parser_->is_done() && parser_->keep_alive() &&
                       parser_->get().version() == 11);
  response_.content_length(response.body.size());
  const bool is_head = parser_->is_header_done() && parser_->get().method() == http::verb::head;
  if (!is_head) response_.body() = std::move(response.body);
  serializer_.emplace(response_);
  began_ = Clock::now();
  moved_bytes_ = 0;
  send_answer();
}

/// Some of it at a time, so that a slow client that goes on taking it gets all.
void Connection::send_answer() {
  const HttpOptions& options = server_.options;
  call_at(std::min(Clock::now() + options.write_timeout, began_ + options.longest_write),
          [this] { close(); });
  http::async_write_some(
      socket_, *serializer_, [self = shared_from_this()](error_code error, std::size_t bytes) {
        self->moved_bytes_ += bytes;
        self->server_.metrics.count("gamut_http_sent_bytes_total", {}, static_cast<double>(bytes));
        if (error || self->state_ == State::closed) return self->close();
        if (!self->serializer_->is_done()) return self->send_answer();
        const bool stays_open = self->response_.keep_alive();
        self->serializer_.reset();
        self->response_ = {};
        if (!stays_open) return self->linger();
        ++self->n_requests_;
        self->wait_for_request();
      });
}

void Connection::count(int status) const {
  const std::string route = route_ == nullptr ? "(none)" : route_->path;
  const std::chrono::duration<double> age = Clock::now() - began_;
  server_.metrics.count("gamut_http_requests_total", {{"route", route}, {"status", std::to_string(status)}});
  server_.metrics.observe_seconds("gamut_http_request_seconds", {{"route", route}}, age.count());
}

/// Closing at once while the client still sends would reset the connection, and the answer with it.
void Connection::linger() {
  state_ = State::lingering;
  began_ = Clock::now();
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  close_after(kLinger);
  discard();
}

void Connection::discard() {
  buffer_.clear();
  socket_.async_read_some(buffer_.prepare(kPieceBytes / 2),
                          [self = shared_from_this()](error_code error, std::size_t) {
                            if (error) return self->close();
                            self->discard();
                          });
}

/// From then on nothing more is read, and the sender is told.
void Connection::stop_receiving_at(Clock::time_point when) {
  call_at(when, [this] {
    is_too_slow_ = true;
    error_code ignored;
    socket_.cancel(ignored);
  });
}

void Connection::close_after(milliseconds time) {
  call_at(Clock::now() + time, [this] { close(); });
}

template <class Call>
void Connection::call_at(Clock::time_point when, Call call) {
  timer_.expires_at(when);
  timer_.async_wait([self = shared_from_this(), turn = ++timer_turn_, call](error_code error) {
    // A timer that has run out can no longer be cancelled.
    if (!error && turn == self->timer_turn_) call();
  });
}

}  // namespace gamut::server
