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

  /// What tells of a piece of work that is done; or nothing.
  using Announce = std::function<void()>;
  /// Must not throw, nor what it returns. That is called once the work is no longer counted and what it held
  /// is given back, so that whoever is told finds the place free.
  using Work = std::function<Announce()>;

  /// @return false where the queue is full.
  bool try_add(Work work);
  bool is_full() const;
  int n_running() const;
  int n_waiting() const;

 private:
  void run();
  bool full() const { return waiting_.size() >= max_waiting_ + static_cast<std::size_t>(n_idle_); }

  const std::size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> waiting_;
  int n_idle_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace gamut::server
