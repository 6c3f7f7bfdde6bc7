#include "checker/states/accesses.hpp"

namespace heddle::states {

namespace {

bool is_mark(AccessKind kind) { return kind == AccessKind::spawn || kind == AccessKind::join; }

}  // namespace

bool conflict(AccessKind a, AccessKind b) {
  using enum AccessKind;
  if (is_mark(a) || is_mark(b)) return false;
  if (a == life || b == life) return true;
  const auto is_plain = [](AccessKind kind) { return kind == read || kind == write; };
  const auto writes = [](AccessKind kind) { return kind == write || kind == atomic_write; };
  return (is_plain(a) || is_plain(b)) && (writes(a) || writes(b));
}

AccessesId Accesses::with(AccessesId list, const Access& access) {
  const std::vector<Access>& known_list = lists_[list];
  if (!known_list.empty() && known_list.back() == access) return list;
  const auto [known, fresh] = longer_.try_emplace({list, access}, list);
  if (!fresh) return known->second;
  std::vector<Access> longer = lists_[list];
  for (std::size_t i = longer.size(); i-- > 0 && !is_mark(longer[i].kind);) {
    if (longer[i] == access) return list;
  }
  longer.push_back(access);
  return known->second = number_of(longer);
}

AccessesId Accesses::joined(AccessesId list, ThreadId thread, AccessesId others, ThreadId other) {
  if (others == 0) return list;
  const std::vector<Access> all = lists_[others];
  for (const Access& access : all) list = with(list, access);
  return with(list, {other, AccessKind::join, thread});
}

AccessesId Accesses::number_of(const std::vector<Access>& list) {
  const auto [known, fresh] = numbers_.try_emplace(list, static_cast<AccessesId>(lists_.size()));
  if (fresh) {
    lists_.push_back(list);
    std::uint64_t& mask = masks_.emplace_back(0);
    for (const Access& access : list) {
      if (!is_mark(access.kind)) mask |= bit_of(access.slot);
    }
  }
  return known->second;
}

}  // namespace heddle::states
