#pragma once

#include <unistd.h>

#include <string_view>

namespace gamut {

/// An open file of the system's, closed at the end; -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

/// @return false with errno set, and then some of the bytes may have been written.
bool write_all(int descriptor, std::string_view bytes);

}  // namespace gamut
