// heddle litmus FILE|FOLDER...
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <thread>

#include "tools/cli/error.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/litmus_files.hpp"
#include "tools/command/litmus_record.hpp"
#include "tools/command/litmus_report.hpp"
#include "tools/command/workers.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_jobs = 1024;
constexpr std::size_t longest_list = std::size_t{64} << 20U;  // bytes

struct Request {
  std::vector<std::string> paths;
  litmus::Options options;
  bool no_spurious = false;
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string expect;
  std::string format = "text";
  bool quiet = false;
};

template <typename T>
void add_number(cli::Command command, const std::string& name, T& target, T least, T most,
                const std::string& help) {
  const auto parse = [name, &target, least, most](const std::string& text) {
    T value{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !(value >= least && value <= most)) {
      throw cli::UsageError(
          fmt::format("{} takes a number from {} to {}, not '{}'", name, least, most, text));
    }
    target = value;
  };
  command.add_option(name, parse, help).type_name("N");
}

/// The record of a test whose process ended without one.
Json record_of_crash(const std::string& file, const Ended& ended) {
  Json json;
  json["file"] = file;
  json["outcome"] = "broken";
  json["message"] = ended.signal != 0
                        ? fmt::format("{}: its process was killed by signal {}", file, ended.signal)
                        : fmt::format("{}: its process gave no result", file);
  return json;
}

Json record_of(const std::string& file, const Ended& ended) {
  if (ended.signal != 0 || ended.status != 0) return record_of_crash(file, ended);
  Json json = Json::parse(ended.output, nullptr, false);
  return json.is_discarded() ? record_of_crash(file, ended) : json;
}

int run(Request request) {
  if (request.paths.empty()) throw cli::UsageError("name the litmus files or folders to run");
  const std::vector<std::string>& models = model_names();
  if (request.options.model == "all") {
    throw cli::UsageError("heddle litmus takes one model; run it once for each");
  }
  if (std::find(models.begin(), models.end(), request.options.model) == models.end()) {
    throw cli::UsageError(cli::unknown_name("model", request.options.model, models));
  }
  if (request.format != "text" && request.format != "json") {
    throw cli::UsageError(cli::unknown_name("value of --format", request.format, {"text", "json"}));
  }
  request.options.spurious = !request.no_spurious;
  const std::vector<std::string> files = find_litmus_files(request.paths);
  std::unique_ptr<Expectations> expectations;
  if (!request.expect.empty()) {
    expectations = std::make_unique<Expectations>(read_beginning(request.expect, longest_list),
                                                  request.expect, request.options.model);
  }
  LitmusReporter reporter(
      {.model = request.options.model,
       .json = request.format == "json",
       .quiet = request.quiet,
       .whole = std::any_of(request.paths.begin(), request.paths.end(), is_folder),
       .expectations = expectations.get()});
  run_in_processes(
      files.size(), request.jobs,
      [&](std::size_t i) { return to_text(run_litmus_file(files[i], request.options)); },
      [&](std::size_t i, const Ended& ended) { reporter.add(record_of(files[i], ended)); });
  return reporter.finish(files.size());
}

}  // namespace

Subcommand add_litmus(cli::Command program) {
  cli::Command command = program.add_command("litmus", "Run litmus tests in C, as herd7 does");
  const auto request = std::make_shared<Request>();
  command.add_option("PATH", request->paths, "Files, and folders whose *.litmus to run");
  command
      .add_option("--model", request->options.model,
                  fmt::format("Memory model (default: {})", litmus::Options{}.model))
      .type_name("NAME");
  command.add_option("--expect", request->expect, "Compare with this list of results")
      .type_name("FILE");
  add_number<std::size_t>(command, "--jobs", request->jobs, 1, most_jobs,
                          "Tests at the same time (default: one for each processor)");
  command.add_flag("--no-spurious", request->no_spurious,
                   "Weak compare_exchange fails only if the values differ");
  add_number<std::uint64_t>(command, "--executions", request->options.executions, 0,
                            std::numeric_limits<std::uint64_t>::max(),
                            "Give a test up after so many executions (0: no limit)");
  add_number<double>(command, "--seconds", request->options.seconds, 0, 1e9,
                     "Give a test up after so many seconds (0: no limit)");
  command.add_option("--format", request->format, "Form of the results: text or json")
      .type_name("text|json");
  command.add_flag("--quiet", request->quiet, "Print only errors and the summary");
  command.footer(
      "Examples:\n"
      "  heddle litmus MP.litmus\n"
      "  heddle litmus tests/ --model rc11 --jobs 4\n"
      "  heddle litmus tests/ --quiet --expect herd7.log\n"
      "A race, a refuted ~exists or forall, and an unexpected result end with status 1.\n");
  return {command, [=] { return run(*request); }};
}

}  // namespace heddle::command
