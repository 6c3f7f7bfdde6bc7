#include "checker/jobs/socket.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace heddle::jobs {
namespace {

/// Returns false if the other end is closed.
bool send_bytes(int socket, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t sent = ::send(socket, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
    if (sent < 0) throw std::system_error(errno, std::generic_category(), "send to a worker");
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool receive_bytes(int socket, char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t received = ::recv(socket, bytes, count, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return false;  // closed, or reset by a process that was killed
    bytes += received;
    count -= static_cast<std::size_t>(received);
  }
  return true;
}

}  // namespace

bool send(int socket, const std::string& text) {
  const auto size = static_cast<std::uint64_t>(text.size());
  return send_bytes(socket, reinterpret_cast<const char*>(&size), sizeof size) &&
         send_bytes(socket, text.data(), text.size());
}

bool receive(int socket, std::string& text) {
  std::uint64_t size = 0;
  if (!receive_bytes(socket, reinterpret_cast<char*>(&size), sizeof size)) return false;
  text.resize(size);
  return receive_bytes(socket, text.data(), text.size());
}

}  // namespace heddle::jobs
