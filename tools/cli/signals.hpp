// Signals: their names, and those that must not end a program of ours.
#pragma once

#include <string>

namespace heddle::cli {

/// "SIGXFSZ (File size limit exceeded)", "SIGRTMIN+3", or "signal 99" for a number that has no
/// name.
std::string signal_name(int signal);

/// From here on a write to a pipe that nobody reads, or beyond the limit of a file's size, fails
/// and can be told, where the system's default is to end the program: what else was asked for would
/// not be written.
void ignore_signals_of_writes();

/// Undoes that, for another program that this process is about to become.
void restore_signals_of_writes();

}  // namespace heddle::cli
