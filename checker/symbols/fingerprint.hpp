// Which program this is.
#pragma once

#include <string>

namespace heddle::symbols {

/// A hash of the program's file and of those of all libraries that are loaded: what another process
/// must have in common for its code to be the same. Reads all these files.
std::string fingerprint();

}  // namespace heddle::symbols
