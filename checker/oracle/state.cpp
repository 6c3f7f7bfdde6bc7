#include "checker/oracle/state.hpp"

namespace heddle::oracle {

const Instruction* next_instruction(const Program& program, const State& s, std::size_t t) {
  const auto at = static_cast<std::size_t>(s.threads[t].next);
  const Progress& thread = s.threads[t];
  const bool stopped = thread.failed || thread.dropped;
  const bool runs = thread.started && !stopped && at < program.threads[t].size();
  return runs ? &program.threads[t][at] : nullptr;
}

int latest(const State& s, int location) {
  return s.graph[s.graph.coherence[static_cast<std::size_t>(location)].back()].value;
}

std::string identity_of(const State& s) {
  const Graph& graph = s.graph;
  const auto name = [&](std::string& text, int e) {
    text += static_cast<char>(graph[e].thread);
    text += static_cast<char>(graph[e].index);
  };
  std::string reads_from[max_threads];
  for (const Event& event : graph.events) {
    if (event.kind == EventKind::read) {
      name(reads_from[event.thread], event.reads_from);
    }
  }
  std::string text;
  for (const std::string& thread : reads_from) text += thread + '\x7f';
  for (const Progress& thread : s.threads) text += thread.choices + '\x7f';
  for (const std::vector<int>& writes : graph.coherence) {
    for (const int e : writes) name(text, e);
    text += '\x7f';
  }
  return text;
}

}  // namespace heddle::oracle
