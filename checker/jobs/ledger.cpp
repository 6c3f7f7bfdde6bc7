#include "checker/jobs/ledger.hpp"

#include <algorithm>
#include <utility>

#include "checker/graph/assert.hpp"

namespace heddle::jobs {

Ledger::Ledger(std::list<Part> parts, bool counts_all)
    : parts_(std::move(parts)), counts_all_(counts_all) {
  for (Part& part : parts_) {
    part.id = next_id_++;
    part.is_taken = false;
    part.deaths = 0;
  }
}

Part* Ledger::next() {
  for (Part& part : parts_) {
    if (part.is_open() && !part.is_taken) return &part;
  }
  return nullptr;
}

Part& Ledger::operator[](std::uint64_t id) {
  const auto found =
      std::find_if(parts_.begin(), parts_.end(), [id](const Part& part) { return part.id == id; });
  HEDDLE_ASSERT(found != parts_.end());
  return *found;
}

bool Ledger::contains(std::uint64_t id) const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [id](const Part& part) { return part.id == id; });
}

void Ledger::advance(std::uint64_t id, Position position, const Totals& more,
                     const std::optional<Position>& given) {
  const auto part =
      std::find_if(parts_.begin(), parts_.end(), [id](const Part& each) { return each.id == id; });
  HEDDLE_ASSERT(part != parts_.end());
  part->position = std::move(position);
  part->totals.add(more);
  part->deaths = 0;
  // What it gave away lies behind all that is left of it, and before what it gave away earlier.
  if (given) parts_.insert(std::next(part), {.id = next_id_++, .position = *given});
  if (!part->is_open()) merge_done();
}

void Ledger::note_finding(std::uint64_t id) {
  const auto part =
      std::find_if(parts_.begin(), parts_.end(), [id](const Part& each) { return each.id == id; });
  HEDDLE_ASSERT(part != parts_.end());
  if (!part->finding) part->finding = part->position;
  if (counts_all_) return;
  part->is_closed = true;
  parts_.erase(std::next(part), parts_.end());
}

/// Parts that are done are added to the one before, if that is done as well.
void Ledger::merge_done() {
  const auto is_done = [](const Part& part) { return !part.is_open() && !part.is_closed; };
  for (auto part = parts_.begin(); part != parts_.end(); ++part) {
    auto behind = std::next(part);
    while (is_done(*part) && behind != parts_.end() && is_done(*behind)) {
      part->totals.add(behind->totals);
      if (!part->finding) part->finding = behind->finding;
      behind = parts_.erase(behind);
    }
  }
}

bool Ledger::is_open() const {
  return std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.is_open(); });
}

double Ledger::left() const {
  double left = 0;
  for (const Part& part : parts_) {
    if (part.is_open()) left += part.position.left();
  }
  return left;
}

Totals Ledger::totals() const {
  Totals sum;
  for (const Part& part : parts_) sum.add(part.totals);
  return sum;
}

std::optional<Ledger::Finding> Ledger::finding() const {
  Totals before;
  for (const Part& part : parts_) {
    before.add(part.totals);
    if (part.finding) return Finding{*part.finding, before};
  }
  return std::nullopt;
}

}  // namespace heddle::jobs
