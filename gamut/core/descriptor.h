#pragma once

#include <unistd.h>

#include <string_view>
#include <utility>

namespace gamut {

/// An open file of the system's, closed at the end; -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  int get() const { return value_; }

 private:
  int value_;
};

/// @return false with errno set, and then some of the bytes may have been written.
bool write_all(int descriptor, std::string_view bytes);

}  // namespace gamut
