// What the standard streams are connected to, and writing to them.
#pragma once

#include <string>

#include "checker/report/report.hpp"

namespace heddle::cli {

/// How to lay out a report on standard output. Fixed unless that is a terminal: files and pipes get
/// the same bytes everywhere. NO_COLOR and TERM=dumb switch colours off.
report::Style output_style();

/// Whether progress may be shown: standard error is a terminal that can rewrite a line.
bool errors_on_terminal();

/// Writes to standard output at once. Throws UsageError if that fails, e.g. because a disk is full,
/// and ReaderGone if it is a pipe that nobody reads any more.
void print(const std::string& text);

/// Whether standard output is a pipe that nobody reads any more.
bool reader_is_gone();

/// Keeps standard output for a file that the user wants there: from here on print() writes to
/// standard error instead. The descriptor of standard output; the same one if called again.
int keep_standard_output();

}  // namespace heddle::cli
