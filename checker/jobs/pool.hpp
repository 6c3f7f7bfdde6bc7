// The workers of one search, seen from their manager.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/jobs/ledger.hpp"
#include "checker/jobs/message.hpp"
#include "checker/jobs/worker.hpp"

namespace heddle::jobs {

/// Forks workers and has them do the parts of a ledger. One that ends before its part is done,
/// killed say, costs the slice that it was at: the part is given out again.
class Pool {
 public:
  /// Why the work ended.
  enum class End : std::uint8_t {
    done,     // no part is open
    stopped,  // it was told to
    one,      // only one process can do the search
    look,     // the manager is to do a slice of a part itself
    deadly,   // a part has ended its worker three times
  };

  /// `execution` is empty whenever a worker is forked, so it is when run() is called.
  Pool(unsigned workers, explore::Execution& execution, const Ways& ways);
  /// Ends all workers.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Works until nothing is left, or something needs the manager; then all workers are ended.
  /// `goes_on` is asked some times in a second.
  End run(Ledger& ledger, const std::function<bool()>& goes_on);
  /// The part that End::look or End::deadly is about.
  std::uint64_t part() const { return part_; }
  /// How the last worker of End::deadly ended, as of waitpid().
  int status() const { return status_; }

 private:
  struct Worker {
    pid_t process = -1;
    int socket = -1;
    std::uint64_t part = 0;  // 0: none
  };

  bool start(Worker& worker);
  int end(Worker& worker);
  void end_all(Ledger& ledger);
  bool assign(Ledger& ledger);
  bool wait();
  std::optional<End> hear(Worker& worker, Ledger& ledger);
  std::optional<End> take(Worker& worker, Ledger& ledger, const Report& report);
  void drop_strangers(Ledger& ledger);

  explore::Execution& execution_;
  Ways ways_;
  Idle* idle_;
  std::vector<Worker> workers_;
  std::vector<Worker*> heard_;  // have something to say
  std::uint64_t part_ = 0;
  int status_ = 0;
};

}  // namespace heddle::jobs
