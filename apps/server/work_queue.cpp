#include "apps/server/work_queue.h"

#include <algorithm>

namespace gamut::server {

WorkQueue::WorkQueue(int n_threads, int max_waiting)
    : max_waiting_(static_cast<std::size_t>(max_waiting)), n_idle_(n_threads) {
  for (int i = 0; i < n_threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkQueue::~WorkQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkQueue::try_add(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (full()) return false;
    waiting_.push_back(std::move(work));
  }
  changed_.notify_one();
  return true;
}

bool WorkQueue::is_full() const {
  const std::lock_guard lock(mutex_);
  return full();
}

int WorkQueue::n_running() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(threads_.size()) - n_idle_;
}

int WorkQueue::n_waiting() const {
  const std::lock_guard lock(mutex_);
  return std::max(0, static_cast<int>(waiting_.size()) - n_idle_);
}

void WorkQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    --n_idle_;
    Announce announce;
    {
      const Work work = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      announce = work();
    }
    lock.lock();
    ++n_idle_;
    lock.unlock();
    if (announce) announce();
    announce = {};
    lock.lock();
  }
}

}  // namespace gamut::server
