#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gamut::server {

/// A bounded queue of work and the threads that do it.
class WorkQueue {
 public:
  WorkQueue(int n_threads, int max_waiting);
  /// Drops what waits and waits for what runs.
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  /// @param work  must not throw.
  /// @return false where the queue is full.
  bool try_add(std::function<void()> work);
  bool is_full() const;
  int n_running() const;
  int n_waiting() const;

 private:
  void run();
  bool full() const { return waiting_.size() >= max_waiting_ + static_cast<std::size_t>(n_idle_); }

  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  int n_idle_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace gamut::server
