// Values that do not fit into 64 bits: kept once, known by their address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checker/api/op.hpp"

namespace heddle::runtime {

/// Owns copies of scenario values. A copy lives until the end, since any graph may refer to it.
class Boxes {
 public:
  Boxes() = default;
  /// Copies that are not trivial stay: their destructors might use what they refer to, the memory
  /// of threads that is as some execution left it.
  ~Boxes() {
    for (auto [type, clone] : clones_) {
      if (type->trivial) type->dispose(clone);
    }
  }
  Boxes(const Boxes&) = delete;
  Boxes& operator=(const Boxes&) = delete;

  /// Copies the object at an address and returns the address of the copy; equal trivial objects
  /// share one.
  std::uint64_t keep(const api::BoxType& type, std::uint64_t address) {
    const auto* object = reinterpret_cast<const void*>(address);
    if (!type.trivial) return add(type, object);
    std::string bytes(static_cast<const char*>(object), type.size);
    auto [entry, fresh] = by_bytes_.try_emplace(std::move(bytes), 0);
    if (fresh) entry->second = add(type, object);
    return entry->second;
  }

  /// Copies bytes; equal ones share a copy.
  std::uint64_t keep(const std::string& bytes) {
    return reinterpret_cast<std::uint64_t>(contents_.insert(bytes).first->data());
  }

  /// The bytes of a copy of a trivial object; none of others.
  std::string_view bytes(std::uint64_t copy) const {
    const auto type = trivial_.find(copy);
    if (type == trivial_.end()) return {};
    return {reinterpret_cast<const char*>(copy), type->second->size};
  }

 private:
  std::uint64_t add(const api::BoxType& type, const void* object) {
    void* clone = type.clone(object);
    clones_.emplace_back(&type, clone);
    const auto copy = reinterpret_cast<std::uint64_t>(clone);
    if (type.trivial) trivial_.emplace(copy, &type);
    return copy;
  }

  std::vector<std::pair<const api::BoxType*, void*>> clones_;
  std::unordered_map<std::string, std::uint64_t> by_bytes_;
  std::unordered_map<std::uint64_t, const api::BoxType*> trivial_;
  std::unordered_set<std::string> contents_;
};

}  // namespace heddle::runtime
