// heddle show TRACE
#include <fmt/format.h>

#include <memory>

#include "checker/export/exports.hpp"
#include "checker/report/report.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/commands.hpp"

namespace heddle::command {
namespace {

struct Request {
  std::string path;
  std::string format = "text";
  std::string html_path;
  bool all_steps = false;
};

std::string rendered(const Request& request, const trace::Trace& trace) {
  if (request.format == "json") return trace::to_json(trace);
  if (request.format == "html") return exports::html(trace);
  if (request.format == "dot") return exports::dot(trace, request.all_steps);
  if (request.format == "junit") return exports::junit({exports::test_case(trace)});
  if (request.format == "sarif") return exports::sarif({trace});
  if (request.format == "perfetto") return exports::perfetto(trace);
  report::Style style = cli::output_style();
  style.all_steps = request.all_steps;
  return report::text(trace, style);
}

int show(const Request& request, bool has_format) {
  if (has_format && !request.html_path.empty()) {
    throw cli::UsageError("--html writes a page and prints nothing: give --html or --format");
  }
  const std::vector<std::string> formats = {"text",  "json",  "html",    "dot",
                                            "junit", "sarif", "perfetto"};
  if (std::find(formats.begin(), formats.end(), request.format) == formats.end()) {
    throw cli::UsageError(cli::unknown_name("value of --format", request.format, formats));
  }
  cli::require_different_files({{"--html", request.html_path}}, request.path);
  const trace::Trace trace = cli::read_trace(request.path);
  if (request.html_path.empty()) {
    cli::print(rendered(request, trace));
  } else {
    cli::OutputFile(request.html_path).write(exports::html(trace));
  }
  return cli::exit_holds;
}

}  // namespace

Subcommand add_show(cli::Command program) {
  cli::Command command =
      program.add_command("show", "Print a saved trace without running anything");
  const auto request = std::make_shared<Request>();
  command.add_option("TRACE", request->path, "A file that --trace wrote; -: standard input")
      .required();
  command.add_flag("--all-steps", request->all_steps, "Fold nothing and leave nothing out");
  const cli::Option format =
      command.add_option("--format", request->format, "What to print it as (default: text)")
          .type_name("text|json|html|dot|junit|sarif|perfetto");
  command.add_option("--html", request->html_path, "Write a page for a browser to this file")
      .type_name("FILE");
  return {command, [=] { return show(*request, format.given()); }};
}

}  // namespace heddle::command
