#include "checker/oracle/lives.hpp"

namespace heddle::oracle {
namespace {

bool is_uninitialised(const Program& program, int location) {
  return program.uninitialised[static_cast<std::size_t>(location)];
}

/// The instruction at which the thread stands, if that is an access: a wait with a time-out that is
/// not begun yet may as well be given up at once.
const Instruction* next_access(const Program& program, const State& s, std::size_t t) {
  const Instruction* in = next_instruction(program, s, t);
  if (in == nullptr || in->location < 0 || in->kind == Kind::destroy) return nullptr;
  return in->kind == Kind::timed_await && !s.threads[t].patient ? nullptr : in;
}

/// Whether a thread that waits may read the initial value once more.
bool may_poll_initial_value(const Model& model, const State& s, std::size_t t,
                            const Instruction& in) {
  Graph graph = s.graph;
  graph.events.push_back({.thread = static_cast<int>(t),
                          .index = s.threads[t].events,
                          .kind = EventKind::read,
                          .order = in.kind == Kind::cas_until ? in.failure : in.order,
                          .location = in.location,
                          .reads_from = in.location,
                          .locked = is_update(in.kind)});
  return model.consistent(Relations(graph));
}

/// Whatever accesses the location must happen before the end of its life.
void look_at_end(const Program& program, const State& s, int end, const Relation& hb,
                 std::set<Flaw>& flaws) {
  const int location = s.graph[end].other;
  bool used = false;
  for (int e = 0; e < s.graph.size(); ++e) {
    const Event& event = s.graph[e];
    const bool again = event.kind == EventKind::destroy && event.other == location && e != end;
    if (again) flaws.insert(Flaw::double_free);
    if (event.thread >= 0 && event.location == location) used = used || !hb.has(e, end);
  }
  for (std::size_t t = 0; t < s.threads.size(); ++t) {
    const Instruction* in = next_access(program, s, t);
    used = used || (in != nullptr && in->location == location);
  }
  const bool mutex = type_of(program, location) == LocationType::mutex;
  if (used) flaws.insert(Flaw::use_after_free);
  if (mutex && (used || latest(s, location) != 0)) flaws.insert(Flaw::destroyed_locked);
}

}  // namespace

std::set<Flaw> flaws_of_lives(const Program& program, const Model& model, const State& s) {
  std::set<Flaw> flaws;
  const Relation hb = model.happens_before(Relations(s.graph));
  for (int e = 0; e < s.graph.size(); ++e) {
    const Event& event = s.graph[e];
    if (event.kind == EventKind::destroy) look_at_end(program, s, e, hb, flaws);
    const bool initial = event.reads_from >= 0 && event.reads_from < s.graph.locations;
    if (initial && is_uninitialised(program, event.location)) {
      flaws.insert(Flaw::uninitialised_read);
    }
  }
  for (std::size_t t = 0; t < s.threads.size(); ++t) {
    const Instruction* in = next_access(program, s, t);
    if (in == nullptr || !is_wait(in->kind) || !is_uninitialised(program, in->location)) continue;
    if (may_poll_initial_value(model, s, t, *in)) flaws.insert(Flaw::uninitialised_read);
  }
  return flaws;
}

}  // namespace heddle::oracle
