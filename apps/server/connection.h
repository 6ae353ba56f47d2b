#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apps/server/http_server.h"
#include "apps/server/work_queue.h"

namespace gamut::server {

class Connection;

/// What a server and its connections share. All of it belongs to the thread that runs `context`; work in the
/// queue has threads of its own and posts what it made.
struct ServerState {
  const HttpOptions options;
  std::vector<Route> routes;
  Metrics& metrics;
  UploadBudget uploads{options.max_uploads_bytes};
  boost::asio::io_context context{1};
  std::set<std::shared_ptr<Connection>> connections = {};        ///< the open ones
  bool is_stopping = false;                                      ///< an answer is the last on its connection
  WorkQueue queue{options.max_concurrent, options.max_waiting};  ///< ends before what its work posts to
};

/// One client: receives a request, has it worked on, sends the answer, and waits for the next request.
///
/// It is among the server's connections from start() until it closes, and keeps itself alive in between. One
/// timer bounds whatever it waits for. Its server asks of it only which client to part with, where room is
/// needed for another one, and to end.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// @param server  outlives it.
  Connection(ServerState& server, boost::asio::ip::tcp::socket socket);

  void start();

  /// Ends it whatever is under way; its work is told why.
  void close(Cancellation::Reason reason = Cancellation::Reason::disconnected);

  /// Ends it, unless a request has begun and is not answered yet.
  void close_unless_busy();

  /// Whether nobody loses anything where it is closed: its client is between two requests, or was answered
  /// and does not go.
  bool may_be_closed() const;

  /// Whether it had its fair time to send a request, and may be answered without one; or to take its answer.
  bool may_be_cut() const;

  /// Whether its client had its fair time to take an answer that is still on its way.
  bool takes_slowly() const;

  /// Bytes of the answer that is on its way, sent ones among them, as they are kept until its end.
  std::size_t answer_bytes() const;

  /// Answers 429, whatever has come of the request, and closes; or closes in the middle of an answer.
  void cut();

  /// Bytes a second that came since the request began, or went since its answer did.
  double rate() const;

 private:
  static constexpr std::size_t kPieceBytes = 65536;  // of a body, at a time
  enum class State { idle, receiving, working, writing, lingering, closed };

  // Receiving.
  void wait_for_request();
  void receive_header();
  void on_header();
  void check_request();
  void receive_body();
  void on_piece();
  void take_bytes(std::size_t bytes);
  /// Answers, or closes, where receiving failed. @return false where it did not.
  bool fails(boost::system::error_code error);

  // Working.
  void answer_at_once();
  void work();
  void watch_for_disconnection();
  void probe_silent_client();
  /// Whether the work on a request, told by its cancellation, is still wanted here.
  bool is_working_on(const std::shared_ptr<Cancellation>& request) const;

  // Answering.
  void answer(const HttpError& error);
  void respond(Response response);
  void send_answer();
  void count(int status) const;
  void linger();
  void discard();

  // Waiting: each in place of the one before.
  void stop_receiving_at(Clock::time_point when);
  void close_after(std::chrono::milliseconds time);
  template <class Call>
  void call_at(Clock::time_point when, Call call);

  ServerState& server_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  std::uint64_t timer_turn_ = 0;
  State state_ = State::idle;
  int n_requests_ = 0;   // answered
  bool is_cut_ = false;  // for another connection
  bool is_too_slow_ = false;
  bool must_close_ = false;  // what follows may be no request
  boost::beast::flat_buffer buffer_{kPieceBytes};

  // The request; began_ is also when the wait for it began, or its answer, or the wait for the client to go.
  Clock::time_point began_ = Clock::now();
  Clock::time_point deadline_;
  std::size_t moved_bytes_ = 0;  // in or out since then
  std::optional<boost::beast::http::request_parser<boost::beast::http::buffer_body>> parser_;
  const Route* route_ = nullptr;  // null until it is found
  std::string path_;
  std::vector<std::pair<std::string, std::string>> query_;
  std::unique_ptr<std::array<char, kPieceBytes>> piece_;  // of the body
  std::shared_ptr<Upload> upload_;
  std::shared_ptr<Cancellation> cancellation_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  std::optional<boost::beast::http::response_serializer<boost::beast::http::string_body>> serializer_;
};

}  // namespace gamut::server
