// A command line: its commands, options and help. The library that reads it is included by one
// source file only, since it takes seconds to compile.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace heddle::cli {

/// An option or a positional argument. Copies are the same option; it lives as long as the
/// CommandLine. What changes it returns it.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  /// What --help shows for the value, for example "FILE".
  Option& type_name(const std::string& name);
  /// The heading below which --help lists it.
  Option& group(const std::string& name);
  Option& required();
  /// Takes one value each time it is given, not all words that follow.
  Option& one_value_each();
  /// Refused unless `other` is given too.
  Option& needs(const Option& other);
  /// Refused if `other` is given too.
  Option& excludes(const Option& other);

  std::string group() const;
  bool given() const;
  /// All that the user gave of it, as words that say the same: --name or --name=value.
  std::vector<std::string> words() const;
  bool operator==(const Option&) const = default;

 private:
  CLI::Option* option_;
};

/// What options are added to: a program or one of its subcommands. Copies are the same command; it
/// lives as long as the CommandLine. What options write to must live until parse() returns.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  Command add_command(const std::string& name, const std::string& summary);
  /// An option (`name` starts with --) or a positional argument.
  Option add_option(const std::string& name, std::string& value, const std::string& help);
  /// May be given several times, or takes several words.
  Option add_option(const std::string& name, std::vector<std::string>& values,
                    const std::string& help);
  /// `read` is called with the value; it throws UsageError for a value that is none.
  Option add_option(const std::string& name, std::function<void(const std::string&)> read,
                    const std::string& help);
  Option add_flag(const std::string& name, bool& value, const std::string& help);
  /// Text below the options in --help.
  void footer(const std::string& text);

  /// Whether the user gave this command.
  bool given() const;
  std::vector<Option> options() const;
  std::vector<std::string> command_names() const;

 protected:
  CLI::App* app_;
};

/// The command line of a whole program.
class CommandLine : public Command {
 public:
  CommandLine(const std::string& summary, const std::string& name);

  /// Reads it, with --help and --version for the program and --help for its commands. Returns an
  /// exit status if the program has nothing more to do (--help, --version). Throws UsageError for
  /// what it does not understand. Call once.
  std::optional<int> parse(int argc, const char* const* argv);

 private:
  std::shared_ptr<CLI::App> owned_;
};

/// "heddle 1.2.3"
std::string version();

}  // namespace heddle::cli
