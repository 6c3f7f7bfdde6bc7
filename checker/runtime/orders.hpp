// Where a scenario gives memory orders, and what is taken in their place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/api/op.hpp"

namespace heddle::runtime {

/// A place in the source that gives a memory order to an atomic access or to a fence. Accesses on
/// one line that do the same with the same order are one site.
struct OrderSite {
  std::string file = {};
  std::uint32_t line = 0;
  api::OpKind kind = api::OpKind::load;
  bool failure = false;  // the order of a compare_exchange that fails
  std::memory_order written = std::memory_order_relaxed;

  auto operator<=>(const OrderSite&) const = default;
};

/// Site -> the order that is taken in place of the written one.
using OrderChanges = std::map<OrderSite, std::memory_order>;

/// Changes the orders of Ops on their way into the behaviour trees, and notes the sites that it
/// meets. An Op is changed in the same way whenever it is repeated.
class Orders {
 public:
  explicit Orders(OrderChanges changes) : changes_(std::move(changes)) {}

  /// To be called with every Op of the scenario's threads, consume being acquire already.
  void apply(api::Op& op);

  /// The sites met so far, and the objects accessed there.
  std::map<OrderSite, std::vector<const void*>> met() const;

 private:
  /// A site without the text of its file: cheap to look up for every Op.
  struct Key {
    const char* file;
    std::uint32_t line;
    api::OpKind kind;
    bool failure;
    std::memory_order written;

    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  struct Use {
    std::memory_order taken = std::memory_order_relaxed;
    std::vector<const void*> objects = {};
  };

  static OrderSite site_of(const Key& key);
  /// Notes that the site was met with this object (null of a fence), and returns its order.
  std::memory_order meet(const Key& key, const void* object);

  OrderChanges changes_;
  std::unordered_map<Key, Use, Hash> uses_;
};

}  // namespace heddle::runtime
