#include "checker/runtime/orders.hpp"

#include <algorithm>

namespace heddle::runtime {

std::size_t Orders::Hash::operator()(const Key& key) const {
  std::uint64_t mixed = reinterpret_cast<std::uintptr_t>(key.file) + key.line;
  mixed = mixed * 64 + static_cast<std::uint64_t>(key.kind);
  mixed = mixed * 16 + static_cast<std::uint64_t>(key.written) * 2 + (key.failure ? 1 : 0);
  mixed *= 0x9e37'79b9'7f4a'7c15;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

OrderSite Orders::site_of(const Key& key) {
  return {.file = key.file,
          .line = key.line,
          .kind = key.kind,
          .failure = key.failure,
          .written = key.written};
}

std::memory_order Orders::meet(const Key& key, const void* object) {
  const auto [entry, fresh] = uses_.try_emplace(key);
  Use& use = entry->second;
  if (fresh) {
    const auto change = changes_.find(site_of(key));
    use.taken = change == changes_.end() ? key.written : change->second;
  }
  const bool known = std::find(use.objects.begin(), use.objects.end(), object) != use.objects.end();
  if (object != nullptr && !known) use.objects.push_back(object);
  return use.taken;
}

void Orders::apply(api::Op& op) {
  if (!api::is_atomic_access(op.kind) && op.kind != api::OpKind::fence) return;
  const std::memory_order order =
      meet({op.site.file, op.site.line, op.kind, false, op.order}, op.address);
  if (api::may_fail(op.kind)) {
    op.failure_order =
        meet({op.site.file, op.site.line, op.kind, true, op.failure_order}, op.address);
  }
  op.order = order;
}

std::map<OrderSite, std::vector<const void*>> Orders::met() const {
  std::map<OrderSite, std::vector<const void*>> sites;
  for (const auto& [key, use] : uses_) {
    auto& objects = sites[site_of(key)];
    objects.insert(objects.end(), use.objects.begin(), use.objects.end());
  }
  return sites;
}

}  // namespace heddle::runtime
