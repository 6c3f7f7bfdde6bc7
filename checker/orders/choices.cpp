#include "checker/orders/choices.hpp"

#include "checker/record/names.hpp"

namespace heddle::orders {

const std::vector<std::memory_order>& allowed(const OrderSite& site) {
  using enum std::memory_order;
  static const std::vector<std::memory_order> loads = {relaxed, acquire, seq_cst};
  static const std::vector<std::memory_order> stores = {relaxed, release, seq_cst};
  static const std::vector<std::memory_order> all = {relaxed, acquire, release, acq_rel, seq_cst};
  if (site.kind == api::OpKind::load || site.failure) return loads;
  return site.kind == api::OpKind::store ? stores : all;
}

bool weaker(std::memory_order a, std::memory_order b) {
  using enum std::memory_order;
  if (a == b) return false;
  if (a == relaxed || b == seq_cst) return true;
  return b == acq_rel && a != seq_cst;
}

std::vector<std::memory_order> weaker_choices(const OrderSite& site, std::memory_order least,
                                              std::memory_order than) {
  std::vector<std::memory_order> choices;
  for (const std::memory_order order : allowed(site)) {
    if (weaker(order, than) && (order == least || weaker(least, order))) choices.push_back(order);
  }
  return choices;
}

std::string shown_order(const OrderSite& site, std::memory_order order) {
  if (site.kind == api::OpKind::fence && order == std::memory_order_relaxed) {
    return site.written == order ? "none" : "removed";
  }
  return record::order_name(order);
}

}  // namespace heddle::orders
