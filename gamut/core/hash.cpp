#include "gamut/core/hash.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <vector>

#include "gamut/core/descriptor.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

/// A digest that OpenSSL computes of bytes that come piece by piece.
class Digest {
 public:
  Digest(const EVP_MD* method, const char* name) : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), method, nullptr) != 1) {
      throw Error(std::string(name) + " is not available in this OpenSSL");
    }
  }

  void update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }

  void update(const std::filesystem::path& path) {
    // Without O_NONBLOCK, opening a named pipe would wait for its writer for ever.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) throw FileError("cannot open " + printable(path.string()), path);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
      throw FileError(printable(path.string()) + " is not a regular file", path);
    }
    std::vector<std::byte> buffer(1 << 20);
    while (true) {
      const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw FileError("cannot read " + printable(path.string()), path);
      if (got == 0) return;
      update(std::span(buffer).first(static_cast<std::size_t>(got)));
    }
  }

  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (unsigned char byte : std::span(digest).first(size)) {
      hex += kDigits[byte >> 4];
      hex += kDigits[byte & 15];
    }
    return hex;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Digest make_sha256() {
  return {EVP_sha256(), "SHA-256"};
}

}  // namespace

struct Sha256::Context {
  Digest digest = make_sha256();
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}

Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
  context_->digest.update(bytes);
}

std::string Sha256::finish() {
  return context_->digest.finish();
}

std::string sha256_hex(std::span<const std::byte> bytes) {
  Digest digest = make_sha256();
  digest.update(bytes);
  return digest.finish();
}

std::string sha256_hex(std::string_view text) {
  return sha256_hex(std::as_bytes(std::span(text)));
}

std::string sha256_file(const std::filesystem::path& path) {
  Digest digest = make_sha256();
  digest.update(path);
  return digest.finish();
}

std::string md5_file(const std::filesystem::path& path) {
  Digest digest(EVP_md5(), "MD5");
  digest.update(path);
  return digest.finish();
}

}  // namespace gamut
