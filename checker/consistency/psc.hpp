// The SC axiom of RC11: acyclic(psc) (Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017, section 3.2).
#pragma once

#include <vector>

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// The events whose seq_cst order counts.
enum class SeqCst : std::uint8_t { fences, fences_and_accesses };

/// Whether `event`, last in its thread, closes a psc cycle within `extent`.
bool closes_psc_cycle(const graph::Graph& graph, graph::EventId event, const graph::Extent& extent,
                      SeqCst counts);

/// Grows, backward over psc, the set of seq_cst events that are psc*-before some seq_cst events.
///
///     scb      = po + po|!=loc; hb; po|!=loc + hb|loc + co + fr
///     psc_base = ([E_sc] + [F_sc]; hb?); scb; ([E_sc] + hb?; [F_sc])
///     psc_F    = [F_sc]; (hb + hb; eco; hb); [F_sc]
///
/// Whatever is in the set has all seq_cst events of its thread before it in the set, because po is
/// in scb. So the set is a clock, and so is all that happens-before one of its fences.
class PscBefore {
 public:
  PscBefore(const graph::Graph& graph, const graph::Extent& extent, SeqCst counts);

  /// Adds the seq_cst fences that happen-before `event`, and everything psc*-before them.
  void add_fences_before(graph::EventId event);
  /// Adds `event`, which is a seq_cst access, and everything psc*-before it.
  void add(graph::EventId event);

  /// Whether the event is one of those whose seq_cst order counts.
  bool is_seq_cst(const graph::Event& event) const;
  /// Whether the set has a seq_cst event that the write is psc-before when it is the target of a co
  /// or fr edge.
  bool behind_write(graph::EventId write) const;
  /// Whether the event happens-before a fence of the set.
  bool behind_fence(graph::EventId event) const { return graph_.before(fenced_.data(), event); }

 private:
  void raise(graph::ThreadId thread, graph::Tick index);
  void raise_fences(graph::EventId event);
  void close();
  void visit(graph::EventId event);
  void visit_access(graph::EventId event);
  void visit_fenced(graph::EventId event);
  void add_sources(graph::EventId event, bool fences_only);
  void add_coherence_sources(graph::LocationId location, std::uint32_t writes, bool fences_only);
  graph::Tick latest_before(graph::ThreadId thread, graph::EventId access) const;

  const graph::Graph& graph_;
  const graph::Extent& extent_;
  SeqCst counts_;
  std::vector<graph::Tick> limit_;  // seq_cst events up to here are in the set
  std::vector<graph::Tick> visited_;
  std::vector<graph::Tick> fenced_;  // what happens-before a fence of the set
  std::vector<graph::Tick> fenced_visited_;
  std::vector<std::uint32_t> sources_;  // per location: coherence positions whose events were added
  std::vector<std::uint32_t> fence_sources_;  // per location: the same, only their fences
};

}  // namespace heddle::consistency
