#include "gamut/core/hash.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

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
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw FileError("cannot open " + printable(path.string()), path);
    std::vector<char> buffer(1 << 20);
    while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), stream.gcount() > 0) {
      update(std::as_bytes(std::span(buffer).first(static_cast<std::size_t>(stream.gcount()))));
    }
    if (stream.bad()) throw FileError("cannot read " + printable(path.string()), path);
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
