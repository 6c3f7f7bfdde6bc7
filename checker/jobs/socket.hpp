// Messages between processes of one machine.
#pragma once

#include <string>

namespace heddle::jobs {

/// Sends a message whole. Returns false if nobody receives any more. Throws std::system_error if
/// the system can't send it.
bool send(int socket, const std::string& text);

/// Waits for a message. Returns false if nobody sends any more.
bool receive(int socket, std::string& text);

}  // namespace heddle::jobs
