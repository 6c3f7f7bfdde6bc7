#include "tools/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"

namespace heddle::cli {

std::string version() { return "heddle " HEDDLE_VERSION; }

namespace {

const CLI::App& command_of(const CLI::App& app) {
  const CLI::App* used = &app;
  for (const CLI::App* command : app.get_subcommands()) used = command;
  return *used;
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(each->get_name());
  }
  return names;
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
  const std::vector<std::string> commands = names_of_commands(app);
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

void prepare(CLI::App& app) {
  app.set_version_flag("--version", version(), "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.allow_extras();  // refused by refuse_rest(), with better words
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    command->set_help_flag("-h,--help", "Print this help and exit");
    command->allow_extras();
  }
}

}  // namespace

Option& Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::group(const std::string& name) {
  option_->group(name);
  return *this;
}

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::one_value_each() {
  option_->allow_extra_args(false);
  return *this;
}

Option& Option::needs(const Option& other) {
  option_->needs(other.option_);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

std::string Option::group() const { return option_->get_group(); }

bool Option::given() const { return option_->count() != 0; }

std::vector<std::string> Option::words() const {
  std::vector<std::string> words;
  if (!given()) return words;
  const bool flag = option_->get_expected_max() == 0;
  for (const std::string& value : option_->results()) {
    words.push_back(option_->get_name() + (flag ? "" : "=" + value));
  }
  return words;
}

Command Command::add_command(const std::string& name, const std::string& summary) {
  app_->require_subcommand(0, 1);
  return Command(app_->add_subcommand(name, summary));
}

Option Command::add_option(const std::string& name, std::string& value, const std::string& help) {
  return Option(app_->add_option(name, value, help));
}

Option Command::add_option(const std::string& name, std::vector<std::string>& values,
                           const std::string& help) {
  return Option(app_->add_option(name, values, help));
}

Option Command::add_option(const std::string& name, std::function<void(const std::string&)> read,
                           const std::string& help) {
  return Option(app_->add_option_function<std::string>(name, std::move(read), help));
}

Option Command::add_flag(const std::string& name, bool& value, const std::string& help) {
  return Option(app_->add_flag(name, value, help));
}

void Command::footer(const std::string& text) { app_->footer(text); }

bool Command::given() const { return app_->parsed(); }

std::vector<Option> Command::options() const {
  std::vector<Option> all;
  for (CLI::Option* option : app_->get_options()) all.emplace_back(option);
  return all;
}

std::vector<std::string> Command::command_names() const { return names_of_commands(*app_); }

CommandLine::CommandLine(const std::string& summary, const std::string& name)
    : Command(nullptr), owned_(std::make_shared<CLI::App>(summary, name)) {
  app_ = owned_.get();
}

std::optional<int> CommandLine::parse(int argc, const char* const* argv) {
  CLI::App& app = *owned_;
  prepare(app);
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
