// Addresses that are the same in each run.
#pragma once

namespace heddle::cli {

/// Starts the program anew, with the same arguments, with addresses that the system does not choose
/// at random. Returns if they are so already, or if the system allows no other: Docker's default
/// rules do not.
void fix_addresses(const char* const* argv);

}  // namespace heddle::cli
