#include "tools/command/no_verdict.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "checker/export/exports.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/terminal.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

/// As the result of a run, without what nobody knows.
std::string as_json(const std::string& scenario, const std::string& reason,
                    const std::string& model, bool incomplete) {
  Json json;
  const bool all = model == cli::all_models;
  json["schema"] = all ? "heddle.models/1" : "heddle.result/1";
  json["scenario"] = scenario;
  if (!all) json["model"] = model;
  json["verdict"] = incomplete ? "incomplete" : "broken";
  json["reason"] = reason;
  if (all) {
    json["sentence"] = reason;
    json["first_violated"] = nullptr;
    json["results"] = Json::array();
  } else {
    json["violation"] = nullptr;
  }
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

exports::TestCase as_test(const std::string& scenario, const std::string& reason,
                          const std::string& model) {
  return {.name = scenario,
          .suite = model,
          .ending = exports::TestCase::Ending::error,
          .kind = "no verdict",
          .message = reason};
}

}  // namespace

int tell_without_verdict(const std::string& scenario, const Ended& ended,
                         const cli::RunOptions& options) {
  const bool by_user = interrupted() && (ended.signal == SIGINT || ended.signal == SIGTERM);
  const std::string reason = fmt::format("scenario '{}' {}", scenario, without_verdict(ended));
  cli::print_error(reason);
  cli::Deliveries deliveries;
  deliveries.attempt([&] {
    if (options.format == "json") cli::print(as_json(scenario, reason, options.model, by_user));
  });
  deliveries.attempt([&] {
    if (options.junit_path.empty()) return;
    cli::OutputFile(options.junit_path)
        .write(exports::junit({as_test(scenario, reason, options.model)}));
  });
  deliveries.finish();
  return by_user ? cli::exit_incomplete : cli::exit_broken;
}

}  // namespace heddle::command
