// Other ways to ask for help than --help.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace heddle::command {

/// The words of a command line (the first is the program's name) with `help [COMMAND]` as
/// `[COMMAND] --help`.
std::vector<std::string> with_help_as_option(std::vector<std::string> words);

/// `heddle run NAME --help` is the scenario's own help, with its parameters: prints that and
/// returns the exit status. Nothing for all other words.
std::optional<int> help_of_scenario(const std::vector<std::string>& words);

}  // namespace heddle::command
