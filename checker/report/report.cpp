#include "checker/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "checker/report/safe_text.hpp"
#include "checker/report/step_text.hpp"

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

constexpr std::size_t gap = 2;  // between columns
constexpr std::size_t least_source =
    16;  // columns of source text below which it is not worth its place
constexpr std::size_t most_of_function = 40;  // columns; instances of templates have long names

struct Row {
  std::uint32_t number = 0;
  std::uint32_t thread = 0;
  bool marked = false;  // the violation names this step
  bool stale = false;
  bool lacks_line = false;  // only the function is known
  std::string action;
  std::string position;
  std::string source;
};

class Layout {
 public:
  Layout(const Trace& trace, const Style& style) : trace_(trace), style_(style) {}

  std::string text() {
    heading();
    collect();
    measure();
    if (side_by_side_) column_heads();
    fold();
    for (const Row& row : rows_) {
      step(row);
      if (trace_.violation && trace_.violation->step == row.number) verdict("here");
    }
    if (trace_.violation && trace_.violation->step == 0) verdict("at the end");
    if (std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.stale; })) {
      line(
          "stale: a newer value is earlier in this order; only a weak memory model allows this "
          "read");
    }
    if (std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.lacks_line; })) {
      line("compile with -g or -g1 to see the lines of plain accesses");
    }
    if (left_out_ != 0) {
      line(fmt::format("{} minor steps left out; heddle show --all-steps has them", left_out_));
    }
    explanation();
    return std::move(out_);
  }

 private:
  enum class Paint { plain, bad, remarkable, dim };

  std::string paint(Paint paint, const std::string& text) const {
    if (!style_.colours || paint == Paint::plain || text.empty()) return text;
    const char* code = paint == Paint::bad ? "1;31" : paint == Paint::remarkable ? "33" : "2";
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  void line(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    out_ += text + "\n";
  }

  static std::string padding(const std::string& text, std::size_t width) {
    const std::size_t used = columns(text);
    return std::string(used < width ? width - used : 0, ' ');
  }

  void heading() {
    std::string where =
        fmt::format("scenario {}, model {}", safe(trace_.scenario), safe(trace_.model));
    for (const auto& [name, value] : trace_.settings) {
      where += fmt::format(", {} = {}", safe(name), value);
    }
    if (trace_.spurious) where += ", with spurious failures";
    if (!trace_.violation) {
      line(fmt::format("an execution without violation ({})", where));
    } else {
      const trace::Violation& violation = *trace_.violation;
      const std::string what =
          fmt::format("{}: {}", to_string(violation.kind), safe(violation.message));
      for (const std::string& each : wrapped(what, style_.width)) line(paint(Paint::bad, each));
      std::string place = "  in " + thread_label(trace_, violation.thread);
      if (!violation.file.empty()) {
        place += fmt::format(" at {}:{}", safe(violation.file), violation.line);
      }
      line(fmt::format("{} ({})", place, where));
    }
    line("");
  }

  // The path is in the heading; rows have the file's name only. Of code without debug information,
  // only the function is known.
  static std::string position(const Step& step) {
    if (step.file.empty()) {
      return step.function.empty() ? "" : "in " + shortened(safe(step.function), most_of_function);
    }
    return fmt::format("{}:{}", safe(step.file.substr(step.file.rfind('/') + 1)), step.line);
  }

  bool names(std::uint32_t number) const {
    return trace_.violation &&
           (trace_.violation->step == number || trace_.violation->other_step == number);
  }

  bool explains(std::uint32_t number) const {
    return std::any_of(trace_.explanation.begin(), trace_.explanation.end(), [=](const auto& each) {
      return std::find(each.steps.begin(), each.steps.end(), number) != each.steps.end();
    });
  }

  void collect() {
    folded_ = style_.all_steps ? 0 : folded_steps(trace_);
    const bool shorten = !style_.all_steps && trace_.steps.size() - folded_ > long_report;
    const std::vector<bool> minor = minor_steps(trace_, folded_);
    const std::vector<std::uint32_t> overtaken = overtaken_steps(trace_);
    for (std::uint32_t i = folded_; i < trace_.steps.size(); ++i) {
      const Step& step = trace_.steps[i];
      const std::uint32_t number = i + 1;
      const bool silent = step.operation == "finish" || step.operation == "await_begin";
      if (silent && step.note.empty() && !names(number)) continue;
      if (shorten && minor[i] && !explains(number)) {
        ++left_out_;
        continue;
      }
      rows_.push_back({.number = number,
                       .thread = step.thread,
                       .marked = names(number),
                       .stale = step.stale,
                       .lacks_line = step.file.empty() && !step.function.empty(),
                       .action = step_text(step, folded_, overtaken[i]),
                       .position = position(step),
                       .source = safe(step.text)});
    }
  }

  void measure() {
    std::set<std::uint32_t> threads;
    std::size_t widest_action = 0;
    std::size_t widest_source = 0;
    for (const Row& row : rows_) {
      threads.insert(row.thread);
      widest_action = std::max(widest_action, columns(row.action));
      widest_source = std::max(widest_source, columns(row.source));
      position_width_ = std::max(position_width_, columns(row.position));
    }
    threads_.assign(threads.begin(), threads.end());
    const std::string last = std::to_string(trace_.steps.size());
    number_width_ =
        folded_ > 0 ? std::max(last.size(), 2 + std::to_string(folded_).size()) : last.size();
    const std::size_t before = 2 + number_width_ + gap;
    std::size_t together = 0;
    for (const std::uint32_t thread : threads_) {
      std::size_t width = columns(thread_label(trace_, thread));
      label_width_ = std::max(label_width_, width);
      for (const Row& row : rows_) {
        if (row.thread == thread) width = std::max(width, columns(row.action));
      }
      thread_widths_.push_back(width);
      together += width + gap;
    }
    const std::size_t after = position_width_ + gap + std::min(widest_source, least_source);
    side_by_side_ = before + together + after <= style_.width;
    if (!side_by_side_) {
      thread_widths_.assign(1, widest_action);
      together = label_width_ + gap + widest_action + gap;
    }
    const std::size_t used = before + together + position_width_ + gap;
    source_width_ = used + least_source <= style_.width ? style_.width - used : 0;
    if (widest_source <= source_width_) source_width_ = widest_source;
  }

  std::string gutter(const std::string& number, bool marked) const {
    const std::string mark = marked ? paint(Paint::bad, ">") : " ";
    return mark + " " + paint(Paint::dim, number) + padding(number, number_width_ + gap);
  }

  void column_heads() {
    std::string text = gutter("", false);
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      const std::string label = thread_label(trace_, threads_[i]);
      text += label + padding(label, thread_widths_[i] + gap);
    }
    if (!rows_.empty()) line(text);
  }

  void fold() {
    if (folded_ == 0) return;
    const std::size_t before = 2 + number_width_ + gap;
    const std::size_t width = style_.width > before ? style_.width - before : 0;
    line(gutter(fmt::format("1-{}", folded_), false) + fold_text(trace_, folded_, width));
  }

  void step(const Row& row) {
    std::string text = gutter(std::to_string(row.number), row.marked);
    const Paint look = row.marked ? Paint::bad : row.stale ? Paint::remarkable : Paint::plain;
    const std::string action = paint(look, row.action);
    if (side_by_side_) {
      for (std::size_t i = 0; i < threads_.size(); ++i) {
        const bool here = threads_[i] == row.thread;
        text += (here ? action : "") + padding(here ? row.action : "", thread_widths_[i] + gap);
      }
    } else {
      const std::string label = thread_label(trace_, row.thread);
      text += label + padding(label, label_width_ + gap);
      text += action + padding(row.action, thread_widths_[0] + gap);
    }
    text += paint(Paint::dim, row.position) + padding(row.position, position_width_ + gap);
    line(text + paint(Paint::dim, shortened(row.source, source_width_)));
  }

  // The line that says where the property broke.
  void verdict(std::string_view where) {
    const trace::Violation& violation = *trace_.violation;
    std::string text = fmt::format("^ {}: {}", where, to_string(violation.kind));
    if (violation.other_step != 0) {
      const bool ends =
          violation.step != 0 && trace_.steps[violation.step - 1].operation == "destroy";
      const bool freed = (violation.kind == ViolationKind::use_after_free && !ends) ||
                         violation.kind == ViolationKind::double_free;
      const char* relation = violation.kind == ViolationKind::data_race || ends ? "not ordered with"
                             : freed                                            ? "freed by"
                                                                                : "see";
      text += fmt::format(", {} step {}", relation, violation.other_step);
    }
    line("  " + std::string(number_width_ + gap, ' ') + paint(Paint::bad, text));
  }

  void explanation() {
    if (trace_.explanation.empty()) return;
    line("");
    line("Why:");
    for (const trace::Reason& reason : trace_.explanation) {
      const std::vector<std::string> lines = wrapped(safe(reason.text), style_.width - 4);
      for (std::size_t i = 0; i < lines.size(); ++i) line((i == 0 ? "  - " : "    ") + lines[i]);
    }
  }

  const Trace& trace_;
  const Style& style_;
  std::string out_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> threads_;  // those with rows
  std::vector<std::size_t> thread_widths_;
  std::uint32_t folded_ = 0;
  std::size_t left_out_ = 0;
  bool side_by_side_ = true;
  std::size_t number_width_ = 0;
  std::size_t label_width_ = 0;
  std::size_t position_width_ = 0;
  std::size_t source_width_ = 0;  // 0: no source text
};

}  // namespace

std::string text(const Trace& trace, const Style& style) { return Layout(trace, style).text(); }

}  // namespace heddle::report
