#include "checker/oracle/models.hpp"

#include <stdexcept>

namespace heddle::oracle {
namespace {

/// [set]
Relation only(const Relations& g, Set set) { return identity(g.po.size, set); }

/// left x right
Relation product(int events, Set left, Set right) {
  Relation result(events);
  for (int a = 0; a < events; ++a) {
    if ((left >> a & 1) != 0) result.row[static_cast<std::size_t>(a)] = right;
  }
  return result;
}

/// No write comes between the two halves of a read-modify-write. RC11, section 3: ATOMICITY.
bool atomicity(const Relations& g) { return empty(g.rmw & (g.fr * g.co)); }

/// Extended coherence order. RC11, section 3.1: eco = (rf U mo U rb)+.
Relation eco(const Relations& g) { return plus(g.rf | g.co | g.fr); }

/// Every atomic access synchronises with what reads from it.
Relation all_synchronise(const Relations& g) {
  return plus(g.po | g.asw | only(g, g.atomics) * g.rf * only(g, g.atomics));
}

/// psc_F = [F_sc]; (hb U hb; eco; hb); [F_sc]. RC11, section 3.4.
Relation psc_fences(const Relations& g, const Relation& hb) {
  const Relation f_sc = only(g, g.seq_csts & g.fences);
  return f_sc * (hb | hb * eco(g) * hb) * f_sc;
}

// ---- SC: one total order of all accesses (Shasha & Snir 1988; Alglave, Maranget & Tautschnig,
// "Herding Cats", TOPLAS 2014, figure 20). Orders are not looked at.

bool sc_consistent(const Relations& g) {
  return acyclic(g.po | g.asw | g.rf | g.co | g.fr) && atomicity(g);
}

// ---- TSO: x86, as in "Herding Cats", figure 21 and section 4.4, which is the machine of Owens,
// Sarkar & Sewell, "A Better x86 Memory Model: x86-TSO", TPHOLs 2009 (operational_test.cpp has it).
// Every load and store, of whatever order, is a plain mov. A seq_cst fence is mfence; the other
// fences are no instruction. A read-modify-write is locked, which orders it like mfence on both
// sides: also a cas that fails, since LOCK CMPXCHG always locks. So is taking a mutex; freeing it
// is a plain store. Creating a thread and waiting for its end order like mfence.

bool tso_consistent(const Relations& g) {
  const int n = g.po.size;
  const Relation po_loc = g.po & g.same_location;
  const bool sc_per_location = acyclic(po_loc | g.rf | g.co | g.fr);

  const Set accesses = g.reads | g.writes;
  const Relation ppo = (g.po & product(n, accesses, accesses)) - product(n, g.writes, g.reads);
  const Relation mfence = g.po * only(g, g.fences & g.seq_csts) * g.po;
  const Relation flushes = only(g, g.locked | g.creation);
  const Relation implied = g.po * flushes | flushes * g.po | g.asw;
  const Relation rfe = g.rf - g.po;
  return sc_per_location && atomicity(g) && acyclic(ppo | mfence | implied | rfe | g.co | g.fr);
}

// ---- RA: every atomic access, also a seq_cst one, has release/acquire order (Lahav, Giannarakis &
// Vafeiadis, "Taming Release-Acquire Consistency", POPL 2016, section 2). So only seq_cst fences
// have anything left to order, and do it as in RC11. That paper takes them for read-modify-writes
// of one location of their own, which forbids the same: those are in one total order that is part
// of happens-before, and an order of the fences that keeps COHERENCE exists if and only if psc_F,
// which has to be in it, is acyclic.

bool ra_consistent(const Relations& g) {
  const Relation hb = all_synchronise(g);
  return irreflexive(hb * maybe(eco(g))) && atomicity(g) && acyclic(psc_fences(g, hb));
}

// ---- RC11: Lahav, Vafeiadis, Kang, Hur & Dreyer, "Repairing Sequential Consistency in C/C++11",
// PLDI 2017. The names are those of its section 3; sb is po, mo is co, rb is fr. The paper creates
// all threads at once; here asw is part of hb, and its events, which access no location, are part
// of sb: in sb|!=loc they are what sb leads to elsewhere.

/// sw = [rel]; ([F]; sb)?; rs; rf; [R, at least rlx]; (sb; [F])?; [acq]
Relation synchronises_with(const Relations& g, const Relation& rs) {
  const Relation before = maybe(only(g, g.fences) * g.po);
  const Relation after = maybe(g.po * only(g, g.fences));
  return only(g, g.releases) * before * rs * g.rf * only(g, g.reads & g.atomics) * after *
         only(g, g.acquires);
}

/// rs = [W]; (sb|loc)?; [W, at least rlx]; (rf; rmw)*
Relation rc11_release_sequence(const Relations& g) {
  return only(g, g.writes) * maybe(g.po & g.same_location) * only(g, g.writes & g.atomics) *
         star(g.rf * g.rmw);
}

/// hb = (sb U sw)+
Relation rc11_happens_before(const Relations& g) {
  return plus(g.po | g.asw | synchronises_with(g, rc11_release_sequence(g)));
}

/// psc = psc_base U psc_F (section 3.4 with fences)
Relation psc(const Relations& g, const Relation& hb) {
  const Relation po_other = g.po - g.same_location;  // sb|!=loc
  const Relation scb = g.po | po_other * hb * po_other | (hb & g.same_location) | g.co | g.fr;
  const Relation e_sc = only(g, g.seq_csts);
  const Relation f_sc = only(g, g.seq_csts & g.fences);
  const Relation psc_base = (e_sc | f_sc * maybe(hb)) * scb * (e_sc | maybe(hb) * f_sc);
  return psc_base | psc_fences(g, hb);
}

/// COHERENCE, ATOMICITY, SC and NO-THIN-AIR, with the given happens-before.
bool rc11_axioms(const Relations& g, const Relation& hb) {
  return irreflexive(hb * maybe(eco(g))) && atomicity(g) && acyclic(psc(g, hb)) &&
         acyclic(g.po | g.asw | g.rf);
}

bool rc11_consistent(const Relations& g) { return rc11_axioms(g, rc11_happens_before(g)); }

// ---- C++20: as RC11, but a release sequence is only a chain of read-modify-writes (P0982R1).

/// rs = [W, at least rlx]; (rf; rmw)*
Relation cpp20_release_sequence(const Relations& g) {
  return only(g, g.writes & g.atomics) * star(g.rf * g.rmw);
}

Relation cpp20_happens_before(const Relations& g) {
  return plus(g.po | g.asw | synchronises_with(g, cpp20_release_sequence(g)));
}

bool cpp20_consistent(const Relations& g) { return rc11_axioms(g, cpp20_happens_before(g)); }

}  // namespace

const std::vector<Model>& models() {
  static const std::vector<Model> all = {
      {"sc", sc_consistent, all_synchronise},
      {"tso", tso_consistent, all_synchronise},
      {"ra", ra_consistent, all_synchronise},
      {"rc11", rc11_consistent, rc11_happens_before},
      {"cpp20", cpp20_consistent, cpp20_happens_before},
  };
  return all;
}

const Model& model(const std::string& name) {
  for (const Model& candidate : models()) {
    if (candidate.name == name) return candidate;
  }
  throw std::invalid_argument("the oracle knows no model '" + name + "'");
}

bool races(const Graph& graph, const Model& model) {
  const Relations relations(graph);
  const Relation hb = model.happens_before(relations);
  for (int a = 0; a < graph.size(); ++a) {
    for (int b = a + 1; b < graph.size(); ++b) {
      if (graph[a].thread == graph[b].thread || !relations.same_location.has(a, b)) continue;
      const bool conflict = graph[a].kind == EventKind::write || graph[b].kind == EventKind::write;
      const bool plain = graph[a].plain || graph[b].plain;
      if (conflict && plain && !hb.has(a, b) && !hb.has(b, a)) return true;
    }
  }
  return false;
}

}  // namespace heddle::oracle
