#include "tools/cli/parse.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>
#include <vector>

#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"

namespace heddle::cli {
namespace {

const CLI::App& command_of(const CLI::App& app) {
  const CLI::App* used = &app;
  for (const CLI::App* command : app.get_subcommands()) used = command;
  return *used;
}

void refuse_rest(const CLI::App& app) {
  const CLI::App* used = &command_of(app);
  const std::vector<std::string> rest = app.remaining(true);
  if (rest.empty()) return;
  for (const std::string& word : rest) {
    if (word.size() < 2 || word[0] != '-') continue;
    std::vector<std::string> names;
    for (const CLI::Option* option : used->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    throw UsageError(unknown_name("option", word.substr(0, word.find('=')), names));
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(command->get_name());
  }
  if (used == &app && !commands.empty())
    throw UsageError(unknown_name("command", rest[0], commands));
  throw UsageError(fmt::format("unexpected argument '{}'; see --help", rest[0]));
}

/// The library takes the next word for the value, whatever it is: `--trace "" --quiet` would write
/// a file named --quiet. And it lets `--quiet=false` be, which a scenario program would not be
/// told.
void refuse_odd_values(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") return;
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const CLI::Option* option = name.starts_with("--") ? app.get_option_no_throw(name) : nullptr;
    if (option == nullptr) continue;
    const bool apart = equals == std::string::npos;
    if (option->get_expected_max() == 0) {
      if (!apart) throw UsageError(fmt::format("{} takes no value", name));
      continue;
    }
    if (apart && ++i >= argc) throw UsageError(fmt::format("{} needs a value; see --help", name));
    const std::string value = apart ? argv[i] : word.substr(equals + 1);
    if (value.empty()) throw UsageError(fmt::format("the value of {} is empty", name));
    if (apart && value.starts_with("--")) {
      throw UsageError(
          fmt::format("{} needs a value, and '{}' is an option; if it is meant, write {}={}", name,
                      value, name, value));
    }
  }
}

}  // namespace

std::string version() { return "heddle " HEDDLE_VERSION; }

void prepare(CLI::App& app) {
  app.set_version_flag("--version", version(), "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.allow_extras();  // refused below, with better words
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    command->set_help_flag("-h,--help", "Print this help and exit");
    command->allow_extras();
  }
}

std::optional<int> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    refuse_rest(app);
    refuse_odd_values(command_of(app), argc, argv);
    return std::nullopt;
  } catch (const CLI::Success& wanted) {
    std::ostringstream text;
    app.exit(wanted, text, text);
    print(text.str());
    return 0;
  } catch (const CLI::ParseError& error) {
    // What can't be parsed often is a consequence of an unknown name before it.
    std::string sentence = error.what();
    while (!sentence.empty() && sentence.back() == '\n') sentence.pop_back();
    throw UsageError(sentence + "; see --help");
  }
}

}  // namespace heddle::cli
