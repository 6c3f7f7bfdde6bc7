// Relations over the events of one small graph, as matrices of booleans.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace heddle::oracle {

inline constexpr int max_events = 64;

/// A set of events: bit e is event e.
using Set = std::uint64_t;

/// A binary relation over `size` events: bit b of row[a] says that a is related to b.
struct Relation {
  int size = 0;
  std::array<Set, max_events> row{};

  explicit Relation(int events) : size(events) {}

  bool has(int a, int b) const { return (row[static_cast<std::size_t>(a)] >> b & 1) != 0; }
  void add(int a, int b) { row[static_cast<std::size_t>(a)] |= Set{1} << b; }
};

/// Union.
inline Relation operator|(Relation left, const Relation& right) {
  for (std::size_t a = 0; a < static_cast<std::size_t>(left.size); ++a) left.row[a] |= right.row[a];
  return left;
}

/// Intersection.
inline Relation operator&(Relation left, const Relation& right) {
  for (std::size_t a = 0; a < static_cast<std::size_t>(left.size); ++a) left.row[a] &= right.row[a];
  return left;
}

/// Difference.
inline Relation operator-(Relation left, const Relation& right) {
  for (std::size_t a = 0; a < static_cast<std::size_t>(left.size); ++a)
    left.row[a] &= ~right.row[a];
  return left;
}

/// Composition: the papers' `left ; right`.
inline Relation operator*(const Relation& left, const Relation& right) {
  Relation result(left.size);
  for (std::size_t a = 0; a < static_cast<std::size_t>(left.size); ++a) {
    for (Set middle = left.row[a]; middle != 0; middle &= middle - 1) {
      result.row[a] |= right.row[static_cast<std::size_t>(std::countr_zero(middle))];
    }
  }
  return result;
}

/// The papers' `[set]`: relates each member to itself.
inline Relation identity(int events, Set set) {
  Relation result(events);
  for (int e = 0; e < events; ++e) {
    if ((set >> e & 1) != 0) result.add(e, e);
  }
  return result;
}

/// Reflexive closure: `r?`.
inline Relation maybe(const Relation& r) { return r | identity(r.size, ~Set{0}); }

/// Transitive closure: `r+`.
inline Relation plus(Relation r) {
  for (int via = 0; via < r.size; ++via) {
    for (int a = 0; a < r.size; ++a) {
      if (r.has(a, via)) r.row[static_cast<std::size_t>(a)] |= r.row[static_cast<std::size_t>(via)];
    }
  }
  return r;
}

/// Reflexive and transitive closure: `r*`.
inline Relation star(const Relation& r) { return maybe(plus(r)); }

/// Inverse.
inline Relation inverse(const Relation& r) {
  Relation result(r.size);
  for (int a = 0; a < r.size; ++a) {
    for (Set related = r.row[static_cast<std::size_t>(a)]; related != 0; related &= related - 1) {
      result.add(std::countr_zero(related), a);
    }
  }
  return result;
}

inline bool irreflexive(const Relation& r) {
  for (int e = 0; e < r.size; ++e) {
    if (r.has(e, e)) return false;
  }
  return true;
}

inline bool acyclic(const Relation& r) { return irreflexive(plus(r)); }

inline bool empty(const Relation& r) {
  for (int a = 0; a < r.size; ++a) {
    if (r.row[static_cast<std::size_t>(a)] != 0) return false;
  }
  return true;
}

}  // namespace heddle::oracle
