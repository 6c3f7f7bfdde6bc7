#include <fmt/format.h>

#include <string_view>

#include "checker/export/exports.hpp"
#include "checker/export/outline.hpp"
#include "checker/export/relations.hpp"
#include "checker/report/safe_text.hpp"

namespace heddle::exports {
namespace {

/// A quoted string. Graphviz reads backslashes and, in labels, entities.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '&') {
      result += "&amp;";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

class Drawing {
 public:
  Drawing(const trace::Trace& trace, bool all_steps)
      : trace_(trace), outline_(outline(trace)), all_steps_(all_steps) {}

  std::string text() {
    head();
    for (std::uint32_t thread = 0; thread < trace_.threads.size(); ++thread) lane(thread);
    if (!all_steps_ && outline_.setup != 0) {
      line("  setup [label={}, style=dashed];", quoted(outline_.setup_text));
    }
    edges();
    line("}}");
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    out_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
  }

  bool shows(std::uint32_t number) const { return all_steps_ || outline_.shows(number); }

  void head() {
    const std::string title = trace_.violation
                                  ? fmt::format("{}: {}", to_string(trace_.violation->kind),
                                                report::safe(trace_.violation->message))
                                  : "an execution without violation";
    line("digraph {} {{", quoted(report::safe(trace_.scenario)));
    line("  label={};", quoted(title));
    line("  labelloc=t; fontname=\"sans-serif\"; newrank=true;");
    line("  node [shape=box, fontname=\"monospace\", fontsize=11, height=0.3];");
    line("  edge [fontname=\"sans-serif\", fontsize=10];");
  }

  void lane(std::uint32_t thread) {
    std::string nodes;
    std::uint32_t before = 0;
    for (std::uint32_t number = 1; number <= trace_.steps.size(); ++number) {
      if (trace_.steps[number - 1].thread != thread || !shows(number)) continue;
      nodes += node(number);
      if (before != 0) {
        nodes += fmt::format("    s{} -> s{} [label=po, color=gray50, fontcolor=gray50];\n", before,
                             number);
      }
      before = number;
    }
    if (nodes.empty()) return;
    line("  subgraph cluster_{} {{", thread);
    line("    label={}; color=gray80;", quoted(outline_.labels[thread]));
    out_ += nodes;
    line("  }}");
  }

  std::string node(std::uint32_t number) const {
    const trace::Step& step = trace_.steps[number - 1];
    const bool bad = trace_.violation &&
                     (trace_.violation->step == number || trace_.violation->other_step == number);
    const char* look = bad          ? ", color=red3, fontcolor=red3, penwidth=2"
                       : step.stale ? ", color=darkorange3, fontcolor=darkorange3"
                                    : "";
    return fmt::format("    s{} [label={}{}];\n", number,
                       quoted(fmt::format("{}: {}", number, outline_.texts[number - 1])), look);
  }

  void draw(const std::vector<Edge>& edges, std::string_view name, std::string_view color,
            std::string_view more) {
    for (const Edge& edge : edges) {
      if (!shows(edge.from) || !shows(edge.to)) continue;
      line("  s{} -> s{} [label={}, color={}, fontcolor={}{}];", edge.from, edge.to, name, color,
           color, more);
    }
  }

  void edges() {
    const Relations all = relations(trace_);
    for (const Edge& edge : all.reads_from) {  // initial values
      if (shows(edge.from) || !shows(edge.to) || edge.from > outline_.setup) continue;
      line("  setup -> s{} [label=rf, color=darkgreen, fontcolor=darkgreen];", edge.to);
    }
    draw(all.reads_from, "rf", "darkgreen", "");
    draw(all.coherence, "co", "chocolate", ", style=dashed, constraint=false");
    draw(all.from_read, "fr", "deepskyblue4", ", style=dashed, constraint=false");
    draw(all.synchronises, "hb", "purple", "");
    if (!trace_.violation || trace_.violation->step == 0 || trace_.violation->other_step == 0) {
      return;
    }
    const trace::Violation& violation = *trace_.violation;
    if (!shows(violation.step) || !shows(violation.other_step)) return;
    line(
        "  s{} -> s{} [label={}, color=red3, fontcolor=red3, style=dotted, dir=none, "
        "constraint=false];",
        violation.other_step, violation.step, quoted(to_string(violation.kind)));
  }

  const trace::Trace& trace_;
  Outline outline_;
  bool all_steps_;
  std::string out_;
};

}  // namespace

std::string dot(const trace::Trace& trace, bool all_steps) {
  return Drawing(trace, all_steps).text();
}

}  // namespace heddle::exports
