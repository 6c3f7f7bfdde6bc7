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

void refuse_rest(const CLI::App& app) {
  const CLI::App* used = &app;
  for (const CLI::App* command : app.get_subcommands()) used = command;
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
