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
  return plus(g.po | only(g, g.atomics) * g.rf * only(g, g.atomics));
}

// ---- SC: one total order of all accesses (Shasha & Snir 1988; Alglave, Maranget & Tautschnig,
// "Herding Cats", TOPLAS 2014, figure 20). Orders are not looked at.

bool sc_consistent(const Relations& g) {
  return acyclic(g.po | g.rf | g.co | g.fr) && atomicity(g);
}

// ---- TSO: x86, as in "Herding Cats", figure 21 and section 4.4. Every access is a plain x86
// access; a seq_cst fence is mfence, and a read-modify-write is locked, which orders it like mfence
// on both sides (also a cas that fails).

bool tso_consistent(const Relations& g) {
  const int n = g.po.size;
  const Relation po_loc = g.po & g.same_location;
  const bool sc_per_location = acyclic(po_loc | g.rf | g.co | g.fr);

  const Set accesses = g.reads | g.writes;
  const Relation ppo = (g.po & product(n, accesses, accesses)) - product(n, g.writes, g.reads);
  const Relation mfence = g.po * only(g, g.fences & g.seq_csts) * g.po;
  const Relation implied = g.po * only(g, g.locked) | only(g, g.locked) * g.po;
  const Relation rfe = g.rf - g.po;
  return sc_per_location && atomicity(g) && acyclic(ppo | mfence | implied | rfe | g.co | g.fr);
}

// ---- RA: every atomic access has release/acquire order (Lahav, Giannarakis & Vafeiadis, "Taming
// Release-Acquire Consistency", POPL 2016, section 2). Fences order nothing more.

bool ra_consistent(const Relations& g) {
  return irreflexive(all_synchronise(g) * maybe(eco(g))) && atomicity(g);
}

// ---- RC11: Lahav, Vafeiadis, Kang, Hur & Dreyer, "Repairing Sequential Consistency in C/C++11",
// PLDI 2017. The names are those of its section 3; sb is po, mo is co, rb is fr.

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
  return plus(g.po | synchronises_with(g, rc11_release_sequence(g)));
}

/// psc = psc_base U psc_F (section 3.4 with fences)
Relation psc(const Relations& g, const Relation& hb) {
  const Relation po_other = g.po - g.same_location;  // sb|!=loc
  const Relation scb = g.po | po_other * hb * po_other | (hb & g.same_location) | g.co | g.fr;
  const Relation e_sc = only(g, g.seq_csts);
  const Relation f_sc = only(g, g.seq_csts & g.fences);
  const Relation psc_base = (e_sc | f_sc * maybe(hb)) * scb * (e_sc | maybe(hb) * f_sc);
  const Relation psc_f = f_sc * (hb | hb * eco(g) * hb) * f_sc;
  return psc_base | psc_f;
}

/// COHERENCE, ATOMICITY, SC and NO-THIN-AIR, with the given happens-before.
bool rc11_axioms(const Relations& g, const Relation& hb) {
  return irreflexive(hb * maybe(eco(g))) && atomicity(g) && acyclic(psc(g, hb)) &&
         acyclic(g.po | g.rf);
}

bool rc11_consistent(const Relations& g) { return rc11_axioms(g, rc11_happens_before(g)); }

// ---- C++20: as RC11, but a release sequence is only a chain of read-modify-writes (P0982R1).

/// rs = [W, at least rlx]; (rf; rmw)*
Relation cpp20_release_sequence(const Relations& g) {
  return only(g, g.writes & g.atomics) * star(g.rf * g.rmw);
}

Relation cpp20_happens_before(const Relations& g) {
  return plus(g.po | synchronises_with(g, cpp20_release_sequence(g)));
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
