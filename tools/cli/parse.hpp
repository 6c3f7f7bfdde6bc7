// Parsing a command line with one kind of error message.
#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace heddle::cli {

/// "heddle 1.2.3"
std::string version();

/// Gives `app` the options that every program has. Call before parse().
void prepare(CLI::App& app);

/// Parses. Returns an exit status if the program has nothing more to do (--help, --version). Throws
/// UsageError for what it does not understand.
std::optional<int> parse(CLI::App& app, int argc, const char* const* argv);

}  // namespace heddle::cli
