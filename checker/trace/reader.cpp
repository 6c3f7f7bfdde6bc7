#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "checker/trace/duplicate_members.hpp"
#include "checker/trace/trace.hpp"

namespace heddle::trace {
namespace {

using Json = nlohmann::json;

/// What the text itself says, at a length that fits into a sentence.
std::string quoted(const std::string& text) {
  constexpr std::size_t most = 60;
  return "'" + (text.size() <= most ? text : text.substr(0, most) + "...") + "'";
}

[[noreturn]] void refuse(const std::string& sentence) { throw std::runtime_error(sentence); }

/// One JSON object of the trace. Every member is asked for by name and type; a member that nobody
/// knows is refused, because a trace that is only half understood replays as something else.
class Object {
 public:
  Object(const Json& json, std::string place) : json_(json), place_(std::move(place)) {
    if (!json.is_object()) refuse(place_ + " is not an object");
  }

  void allow_only(std::initializer_list<std::string_view> names) const {
    for (const auto& item : json_.items()) {
      bool known = false;
      for (const std::string_view name : names) known = known || name == item.key();
      if (!known) refuse(place_ + " has an unknown member " + quoted(item.key()));
    }
  }

  bool has(const char* name) const { return json_.contains(name); }

  const Json& at(const char* name) const {
    const auto found = json_.find(name);
    if (found == json_.end()) refuse(place_ + " lacks the member '" + name + "'");
    return *found;
  }

  std::string text(const char* name) const {
    const Json& value = at(name);
    if (!value.is_string()) wrong(name, "a string");
    return value.get<std::string>();
  }

  bool boolean(const char* name) const {
    const Json& value = at(name);
    if (!value.is_boolean()) wrong(name, "true or false");
    return value.get<bool>();
  }

  std::uint64_t natural(const char* name, std::uint64_t least, std::uint64_t most) const {
    const Json& value = at(name);
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    if (!value.is_number_unsigned()) wrong(name, "a whole number from " + range);
    const auto number = value.get<std::uint64_t>();
    if (number < least || number > most) {
      refuse("member '" + std::string(name) + "' of " + place_ + " is " + std::to_string(number) +
             ", which is not in the range " + range);
    }
    return number;
  }

  std::uint32_t natural32(const char* name, std::uint64_t least = 0,
                          std::uint64_t most = std::numeric_limits<std::uint32_t>::max()) const {
    return static_cast<std::uint32_t>(natural(name, least, most));
  }

  std::string text_or_empty(const char* name) const { return has(name) ? text(name) : ""; }

  [[noreturn]] void wrong(const char* name, const std::string& wanted) const {
    refuse("member '" + std::string(name) + "' of " + place_ + " is not " + wanted);
  }

 private:
  const Json& json_;
  std::string place_;  // how error messages call the object
};

/// A list of numbers, each from `least` to `most`.
std::vector<std::uint32_t> read_numbers(const Object& object, const char* name, std::uint64_t least,
                                        std::uint64_t most) {
  const Json& list = object.at(name);
  std::vector<std::uint32_t> numbers;
  if (!list.is_array()) object.wrong(name, "a list");
  for (const Json& entry : list) {
    if (!entry.is_number_unsigned() || entry.get<std::uint64_t>() < least ||
        entry.get<std::uint64_t>() > most) {
      object.wrong(name, "a list of whole numbers from " + std::to_string(least) + " to " +
                             std::to_string(most));
    }
    numbers.push_back(entry.get<std::uint32_t>());
  }
  return numbers;
}

void read_parts(const Object& object, SharedMemory& shared) {
  shared.offsets = read_numbers(object, "offsets", 0, shared.bytes);
  shared.sizes = read_numbers(object, "sizes", 1, 8);
  shared.changes = read_numbers(object, "changes", 0, 1);
  for (const auto* list : {&shared.sizes, &shared.changes}) {
    if (list->size() != shared.offsets.size()) object.wrong("offsets", "as long as the others");
  }
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < shared.sizes.size(); ++i) {
    if (shared.offsets[i] < end) object.wrong("offsets", "ascending, and apart by the sizes");
    end = std::uint64_t{shared.offsets[i]} + shared.sizes[i];
  }
  if (end > shared.bytes) object.wrong("offsets", "within the bytes");
}

void read_shared_memory(const Object& object, Trace& trace) {
  constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20U;
  const Json& list = object.at("shared_memory");
  if (!list.is_array()) object.wrong("shared_memory", "a list");
  for (const Json& entry : list) {
    const Object shared(entry, "an entry of 'shared_memory'");
    shared.allow_only({"place", "bytes", "at", "offsets", "sizes", "changes"});
    SharedMemory result{.place = shared.text("place"),
                        .bytes = shared.natural32("bytes", 0, most_bytes),
                        .at = shared.natural("at", 0, ~std::uint64_t{0}),
                        .offsets = {},
                        .sizes = {},
                        .changes = {}};
    const bool pages = result.place == "stack" || result.place == "program";
    if (!pages && result.place != "heap") shared.wrong("place", "'heap', 'stack' or 'program'");
    if (pages && (result.bytes == 0 || result.at % result.bytes != 0)) {
      shared.wrong("at", "a multiple of the bytes");
    }
    read_parts(shared, result);
    trace.shared_memory.push_back(std::move(result));
  }
}

/// Each entry names a step of its own thread, and that of the step's thread the step itself.
void read_clock(const Object& object, const Trace& trace, std::uint32_t number, Step& step) {
  step.clock = read_numbers(object, "clock", 0, number);
  const std::string place = "step " + std::to_string(number);
  if (step.clock.size() != trace.threads.size()) {
    refuse("the clock of " + place + " has " + std::to_string(step.clock.size()) +
           " entries, but there are " + std::to_string(trace.threads.size()) + " threads");
  }
  for (std::uint32_t thread = 0; thread < step.clock.size(); ++thread) {
    const std::uint32_t entry = step.clock[thread];
    const bool fits =
        thread == step.thread
            ? entry == number
            : entry == 0 || (entry < number && trace.steps[entry - 1].thread == thread);
    if (!fits) {
      refuse("the clock of " + place + " has the entry " + std::to_string(entry) + " for thread " +
             std::to_string(thread) + ", which is no such step of that thread");
    }
  }
}

Step read_step(const Json& json, const Trace& trace, std::size_t number) {
  const Object object(json, "step " + std::to_string(number));
  object.allow_only({"thread",   "operation", "order",      "object",    "object_type", "read",
                     "written",  "success",   "reads_from", "coherence", "stale",       "choice",
                     "spurious", "waits",     "target",     "note",      "file",        "function",
                     "line",     "text",      "clock"});
  Step step;
  step.thread = object.natural32("thread", 0, trace.threads.size() - 1);
  step.operation = object.text("operation");
  step.order = object.text_or_empty("order");
  step.object = object.text_or_empty("object");
  step.object_type = object.text_or_empty("object_type");
  if (object.has("read")) step.read = object.text("read");
  if (object.has("written")) step.written = object.text("written");
  if (object.has("success")) step.success = object.boolean("success");
  if (object.has("reads_from")) {
    // A read never comes before the write that it reads, in no model that heddle knows.
    if (number == 1) refuse("step 1 reads from a step, but no step is before it");
    step.reads_from = object.natural32("reads_from", 1, number - 1);
  }
  if (object.has("coherence")) step.coherence = object.natural32("coherence");
  if (object.has("stale")) step.stale = object.boolean("stale");
  if (object.has("choice")) {
    step.choice = object.natural("choice", 0, std::numeric_limits<std::uint64_t>::max());
  }
  if (object.has("spurious")) step.spurious = object.boolean("spurious");
  if (object.has("waits")) step.waits = object.boolean("waits");
  if (object.has("target")) step.target = object.natural32("target");
  step.note = object.text_or_empty("note");
  step.file = object.text_or_empty("file");
  step.function = object.text_or_empty("function");
  if (object.has("line")) step.line = object.natural32("line");
  step.text = object.text_or_empty("text");
  read_clock(object, trace, static_cast<std::uint32_t>(number), step);
  return step;
}

ViolationKind read_kind(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(ViolationKind::misuse); ++i) {
    const auto kind = static_cast<ViolationKind>(i);
    if (to_string(kind) == name) return kind;
  }
  refuse("the violation is of an unknown kind " + quoted(name));
}

Violation read_violation(const Json& json, const Trace& trace) {
  const Object object(json, "the violation");
  object.allow_only({"kind", "message", "thread", "step", "other_step", "file", "line"});
  Violation violation;
  violation.kind = read_kind(object.text("kind"));
  violation.message = object.text("message");
  violation.thread = object.natural32("thread", 0, trace.threads.size() - 1);
  violation.step = object.natural32("step", 0, trace.steps.size());
  violation.other_step = object.natural32("other_step", 0, trace.steps.size());
  violation.file = object.text("file");
  violation.line = object.natural32("line");
  return violation;
}

void read_explanation(const Object& object, Trace& trace) {
  const Json& explanation = object.at("explanation");
  if (!explanation.is_array()) object.wrong("explanation", "a list");
  for (const Json& entry : explanation) {
    const Object reason(
        entry, "entry " + std::to_string(trace.explanation.size() + 1) + " of the explanation");
    reason.allow_only({"text", "steps"});
    trace.explanation.push_back(
        {reason.text("text"), read_numbers(reason, "steps", 1, trace.steps.size())});
  }
}

void read_simplest(const Object& object, Trace& trace) {
  const Json& json = object.at("simplest");
  if (json.is_null()) return;
  const Object simplest(json, "member 'simplest' of the trace");
  simplest.allow_only({"switches", "events", "minimal"});
  trace.simplest = Simplicity{.switches = simplest.natural32("switches"),
                              .events = simplest.natural32("events"),
                              .minimal = simplest.boolean("minimal")};
}

void read_sources(const Object& object, Trace& trace) {
  const Json& sources = object.at("sources");
  if (!sources.is_object()) object.wrong("sources", "an object");
  for (const auto& item : sources.items()) {
    std::vector<std::string>& lines = trace.sources[item.key()];
    if (!item.value().is_array()) object.wrong("sources", "an object of lists");
    for (const Json& line : item.value()) {
      if (!line.is_string()) object.wrong("sources", "an object of lists of strings");
      lines.push_back(line.get<std::string>());
    }
  }
}

void read_settings(const Object& object, Trace& trace) {
  const Json& settings = object.at("settings");
  if (!settings.is_object()) object.wrong("settings", "an object");
  for (const auto& item : settings.items()) {
    const bool fits = item.value().is_number_integer() &&
                      (!item.value().is_number_unsigned() ||
                       item.value().get<std::uint64_t>() <=
                           static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
    if (!fits) refuse("setting " + quoted(item.key()) + " of the trace is not a whole number");
    trace.settings[item.key()] = item.value().get<std::int64_t>();
  }
}

void check_schema(const Json& json) {
  static const std::string prefix = "heddle.trace/";
  if (!json.is_object() || !json.contains("schema") || !json["schema"].is_string()) {
    refuse("this is JSON, but not a heddle trace: it names no schema");
  }
  const auto schema = json["schema"].get<std::string>();
  if (schema.compare(0, prefix.size(), prefix) != 0) {
    refuse("this is not a heddle trace: its schema is " + quoted(schema));
  }
  const std::string version = schema.substr(prefix.size());
  if (version != std::to_string(format_version)) {
    refuse("the trace has format version " + version.substr(0, 20) +
           ", but this heddle reads version " + std::to_string(format_version));
  }
}

Json parse(const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) refuse("the trace is empty");
  try {
    return Json::parse(text, DuplicateMembers());
  } catch (const Json::parse_error& error) {
    // The library counts the end of the text as one byte behind it.
    const auto start = text.find_first_not_of(" \t\r\n");
    if (error.byte > text.size() && text[start] == '{') {
      refuse("the trace is truncated: it ends after " + std::to_string(text.size()) + " bytes");
    }
    refuse("this is not a heddle trace: it is not JSON (byte " + std::to_string(error.byte) + ")");
  } catch (const Json::exception&) {  // a number that fits no type
    refuse("this is not a heddle trace: it holds a number that is too large");
  }
}

}  // namespace

Trace from_json(const std::string& text) {
  const Json json = parse(text);
  check_schema(json);
  const Object object(json, "the trace");
  object.allow_only({"schema", "scenario", "settings", "model", "spurious", "threads",
                     "shared_memory", "explanation", "simplest", "steps", "violation", "sources"});
  Trace trace;
  trace.scenario = object.text("scenario");
  read_settings(object, trace);
  trace.model = object.text("model");
  trace.spurious = object.boolean("spurious");

  const Json& threads = object.at("threads");
  if (!threads.is_array() || threads.empty())
    object.wrong("threads", "a list of at least one name");
  for (const Json& name : threads) {
    if (!name.is_string()) object.wrong("threads", "a list of strings");
    trace.threads.push_back(name.get<std::string>());
  }

  const Json& steps = object.at("steps");
  if (!steps.is_array()) object.wrong("steps", "a list");
  for (const Json& step : steps) {
    trace.steps.push_back(read_step(step, trace, trace.steps.size() + 1));
  }

  read_shared_memory(object, trace);
  read_explanation(object, trace);
  read_simplest(object, trace);
  read_sources(object, trace);
  const Json& violation = object.at("violation");
  if (!violation.is_null()) trace.violation = read_violation(violation, trace);
  return trace;
}

}  // namespace heddle::trace
