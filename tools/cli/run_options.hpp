// The options of a run, the same for a scenario program and for `heddle run`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/cli/command_line.hpp"
#include "tools/cli/files.hpp"

namespace heddle::cli {

/// The value of --model that stands for every model.
inline constexpr const char* all_models = "all";

/// How many processors this process may use, 1 to 1000.
std::uint32_t processors();

/// As the user gave them. Names of models and parameters are checked by the scenario program only.
struct RunOptions {
  std::string model = "cpp20";
  bool keep_going = false;
  std::uint64_t simplest = 1000;
  std::string strategy = "exhaustive";
  std::string search = "graphs";
  std::uint32_t jobs = processors();
  std::string checkpoint_path;
  double checkpoint_every = 60;
  std::string resume_path;
  std::uint64_t memory = 0;  // MiB
  std::uint64_t seed = 1;
  std::uint64_t executions = 0;
  double seconds = 0;
  std::uint32_t steps = 10'000;
  bool spurious = false;
  bool self_check = false;
  bool strengthen = false;
  std::vector<std::string> set;  // NAME=VALUE
  std::string trace_path;
  std::string nearest_path;
  std::string html_path;
  std::string junit_path;
  std::string sarif_path;
  std::string format = "text";
  bool quiet = false;
  std::string expect;  // "holds", "violated" or empty
};

/// All that a run would write, with the name of the option that asks for it.
std::vector<NamedOutput> outputs_of(const RunOptions& options);

/// Options that say how results are told: --format, --quiet, --expect, --trace, --html, ...
void add_result_options(Command command, RunOptions& options);

/// Options that say what is explored.
void add_exploration_options(Command command, RunOptions& options);

/// Arguments that tell a scenario program all that the user gave `command` among the options above.
std::vector<std::string> forwarded(const Command& command);

/// Splits NAME=VALUE. Throws UsageError if it is something else.
std::pair<std::string, std::int64_t> parse_setting(const std::string& text);

}  // namespace heddle::cli
