#include "tools/cli/run_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <thread>
#include <utility>

#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"

namespace heddle::cli {
namespace {

constexpr const char* exploration = "Exploration";
constexpr const char* results = "Results";
constexpr unsigned most_jobs = 1000;

// The library's own conversion lets -1 wrap around and reads 010 as octal.
template <typename T>
bool parse_whole(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end && !text.empty();
}

template <typename T>
void add_number(Command command, const std::string& name, T& target, T least, T most,
                const std::string& help) {
  command
      .add_option(
          name,
          [name, &target, least, most](const std::string& text) {
            T value{};
            if (!parse_whole(text, value) || value < least || value > most) {
              throw UsageError(fmt::format("{} takes a whole number from {} to {}, not '{}'", name,
                                           least, most, text));
            }
            target = value;
          },
          help)
      .type_name("N")
      .group(exploration);
}

void add_choice(Command command, const std::string& name, std::string& target,
                const std::vector<std::string>& values, const std::string& help,
                const char* group) {
  command
      .add_option(
          "--" + name,
          [name, &target, values](const std::string& text) {
            for (const std::string& value : values) {
              if (value == text) {
                target = text;
                return;
              }
            }
            throw UsageError(unknown_name("value of --" + name, text, values));
          },
          help)
      .type_name(fmt::format("{}", fmt::join(values, "|")))
      .group(group);
}

void add_seconds(Command command, const char* name, double& target, const char* help) {
  command
      .add_option(
          name,
          [name, &target](const std::string& text) {
            const char* end = text.data() + text.size();
            double value = 0;
            const auto [stop, error] = std::from_chars(text.data(), end, value);
            if (error != std::errc() || stop != end || !std::isfinite(value) || value < 0) {
              throw UsageError(fmt::format("{} takes a number from 0 on, not '{}'", name, text));
            }
            target = value;
          },
          help)
      .type_name("S")
      .group(exploration);
}

void add_checkpoint_options(Command command, RunOptions& options) {
  command
      .add_option("--checkpoint", options.checkpoint_path,
                  "Write what is left to this file now and then, and when the run is ended")
      .type_name("FILE")
      .group(exploration);
  add_seconds(command, "--checkpoint-every", options.checkpoint_every,
              "Seconds from one writing to the next (default: 60)");
  command
      .add_option("--resume", options.resume_path, "Go on with a checkpoint, and go on writing it")
      .type_name("FILE")
      .group(exploration);
}

}  // namespace

std::uint32_t processors() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, most_jobs);
}

std::vector<NamedOutput> outputs_of(const RunOptions& options) {
  std::vector<NamedOutput> outputs = {{"--trace", options.trace_path},
                                      {"--nearest", options.nearest_path},
                                      {"--html", options.html_path},
                                      {"--junit", options.junit_path},
                                      {"--sarif", options.sarif_path}};
  if (options.format == "json") outputs.push_back({"--format json", standard_stream});
  return outputs;
}

void add_exploration_options(Command command, RunOptions& options) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  command
      .add_option("--model", options.model, "Memory model, for example sc, or all (default: cpp20)")
      .type_name("NAME")
      .group(exploration);
  command.add_flag("--keep-going", options.keep_going, "Count all violations, not only the first")
      .group(exploration);
  add_number<std::uint64_t>(
      command, "--simplest", options.simplest, 0, most,
      "Look for a simpler violation in so many more executions (default: 1000)");
  add_choice(command, "strategy", options.strategy, {"exhaustive", "random"},
             "How to explore (default: exhaustive)", exploration);
  add_choice(command, "search", options.search, {"graphs", "states"},
             "What an exhaustive exploration goes through; states: model sc only (default: graphs)",
             exploration);
  add_number<std::uint32_t>(
      command, "--jobs", options.jobs, 1, most_jobs,
      "Processes that explore side by side (default: one for each processor)");
  add_checkpoint_options(command, options);
  add_number<std::uint64_t>(command, "--memory", options.memory, 0, most >> 20,
                            "Stop when the states take so many MiB (0: no limit)");
  add_number<std::uint64_t>(command, "--seed", options.seed, 0, most,
                            "Seed of the random strategy (default: 1)");
  add_number<std::uint64_t>(command, "--executions", options.executions, 0, most,
                            "Stop after so many executions (0: no limit; random: 10000)");
  add_seconds(command, "--seconds", options.seconds, "Stop after so many seconds (0: no limit)");
  add_number<std::uint32_t>(command, "--steps", options.steps, 1, 60'000,
                            "Longest execution that is explored (default: 10000)");
  command.add_flag("--spurious", options.spurious, "Let weak compare_exchange fail spuriously")
      .group(exploration);
  command.add_flag("--self-check", options.self_check, "Run every execution twice and compare")
      .group(exploration);
  command
      .add_flag("--strengthen", options.strengthen,
                "Name the memory orders that make it hold, or that may be weaker")
      .group(exploration);
  command.add_option("--set", options.set, "Set a parameter of the scenario; may be repeated")
      .type_name("NAME=VALUE")
      .one_value_each()
      .group(exploration);
}

void add_result_options(Command command, RunOptions& options) {
  const auto add_file = [&command](const char* name, std::string& path, const char* help) {
    command.add_option(name, path, help).type_name("FILE").group(results);
  };
  add_file("--trace", options.trace_path, "Write the counterexample to this file");
  add_file("--nearest", options.nearest_path,
           "Write the nearest execution without violation, for heddle diff");
  add_file("--html", options.html_path, "Write it as a page for a browser");
  add_file("--junit", options.junit_path, "Write the result as JUnit's XML");
  add_file("--sarif", options.sarif_path, "Write the violation as SARIF");
  add_choice(command, "format", options.format, {"text", "json"},
             "Form of the result (default: text)", results);
  command
      .add_flag("--quiet", options.quiet, "Only the verdict; no counterexample, times or progress")
      .group(results);
  add_choice(command, "expect", options.expect, {"holds", "violated"},
             "Exit with 0 for this verdict, and with 1 for the other one", results);
}

std::vector<std::string> forwarded(const Command& command) {
  std::vector<std::string> arguments;
  for (const Option& option : command.options()) {
    if (option.group() != exploration && option.group() != results) continue;
    for (std::string& word : option.words()) arguments.push_back(std::move(word));
  }
  return arguments;
}

std::pair<std::string, std::int64_t> parse_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  std::int64_t value = 0;
  if (equals == std::string::npos || equals == 0 || !parse_whole(text.substr(equals + 1), value)) {
    throw UsageError(fmt::format("--set takes NAME=VALUE with a whole number, not '{}'", text));
  }
  return {text.substr(0, equals), value};
}

}  // namespace heddle::cli
