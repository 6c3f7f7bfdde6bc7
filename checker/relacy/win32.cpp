#include "checker/relacy/win32.hpp"

#include "checker/sync/thread.hpp"

namespace rl {
namespace {

using heddle::sync::Ownership;
using heddle::sync::Wake;
using kernel32::Kind;
using enum heddle::sync::Ownership;

// Who links this file may use kernel objects.
const RunHook hook(kernel32::begin, kernel32::end);

void refuse_alertable(int alertable, debug_info info) {
  if (alertable != 0) heddle::api::misuse("alertable waits are not modelled", info);
}

/// A shared lock as a BasicLockable.
struct SharedHold {
  rl_SRWLOCK& srw;
  void lock(debug_info info) { srw.get(info).lock(shared, info); }
  void unlock(debug_info info) { srw.get(info).unlock(shared, info); }
};

template <typename Lock>
int sleep_on(rl_CONDITION_VARIABLE* condition, Lock& lock, unsigned long milliseconds,
             debug_info info) {
  const bool timed = milliseconds != rl_INFINITE;
  const Wake wake =
      condition->get(info).sleep(lock, {.timed = timed, .may_be_spurious = true}, info);
  if (wake != Wake::timed_out) return 1;
  SetLastError(rl_ERROR_TIMEOUT);
  return 0;
}

template <typename Function>
rl_HANDLE start(Function function, void* argument, debug_info info) {
  const rl_HANDLE handle = kernel32::create({.kind = Kind::thread}, info);
  heddle::sync::start_thread(
      [=] {
        function(argument);
        kernel32::signal(handle, 0, nullptr, info);
      },
      info);
  return handle;
}

}  // namespace

rl_HANDLE rl_CreateSemaphore(void* /*security*/, long count, long maximum, const void* /*name*/,
                             debug_info info) {
  return kernel32::create({.kind = Kind::semaphore,
                           .count = static_cast<std::uint32_t>(count),
                           .maximum = static_cast<std::uint32_t>(maximum)},
                          info);
}

rl_HANDLE rl_CreateEvent(void* /*security*/, int manual_reset, int initial_state,
                         const void* /*name*/, debug_info info) {
  return kernel32::create({.kind = manual_reset != 0 ? Kind::manual_event : Kind::auto_event,
                           .count = initial_state != 0 ? 1u : 0u},
                          info);
}

rl_HANDLE rl_CreateMutex(void* /*security*/, int initial_owner, const void* /*name*/,
                         debug_info info) {
  return kernel32::create({.kind = Kind::mutex,
                           .count = initial_owner != 0 ? 1u : 0u,
                           .owner = heddle::api::thread_index()},
                          info);
}

int rl_CloseHandle(rl_HANDLE object, debug_info info) {
  kernel32::close(object, info);
  return 1;
}

int rl_ReleaseSemaphore(rl_HANDLE object, long count, long* before, debug_info info) {
  std::uint32_t former = 0;
  const bool released = kernel32::signal(object, static_cast<std::uint32_t>(count), &former, info);
  if (before != nullptr) *before = static_cast<long>(former);
  return released ? 1 : 0;
}

int rl_SetEvent(rl_HANDLE object, debug_info info) {
  kernel32::signal(object, 1, nullptr, info);
  return 1;
}

int rl_ResetEvent(rl_HANDLE object, debug_info info) {
  kernel32::reset(object, info);
  return 1;
}

int rl_PulseEvent(rl_HANDLE object, debug_info info) {
  kernel32::pulse(object, info);
  return 1;
}

int rl_ReleaseMutex(rl_HANDLE object, debug_info info) {
  kernel32::signal(object, 1, nullptr, info);
  return 1;
}

unsigned long rl_WaitForSingleObjectEx(rl_HANDLE object, unsigned long timeout, int alertable,
                                       debug_info info) {
  refuse_alertable(alertable, info);
  return kernel32::wait({.objects = {object}, .count = 1, .all = true}, timeout, nullptr, info);
}

unsigned long rl_WaitForSingleObject(rl_HANDLE object, unsigned long timeout, debug_info info) {
  return rl_WaitForSingleObjectEx(object, timeout, 0, info);
}

unsigned long rl_WaitForMultipleObjectsEx(unsigned long count, const rl_HANDLE* objects, int all,
                                          unsigned long timeout, int alertable, debug_info info) {
  refuse_alertable(alertable, info);
  if (count == 0 || count > rl_MAXIMUM_WAIT_OBJECTS) {
    heddle::api::misuse("a thread waits for more than 8 objects, or for none", info);
  }
  kernel32::Wait wait{.objects = {}, .count = static_cast<std::uint32_t>(count), .all = all != 0};
  for (unsigned long i = 0; i < count; ++i) wait.objects[i] = objects[i];
  return kernel32::wait(wait, timeout, nullptr, info);
}

unsigned long rl_WaitForMultipleObjects(unsigned long count, const rl_HANDLE* objects, int all,
                                        unsigned long timeout, debug_info info) {
  return rl_WaitForMultipleObjectsEx(count, objects, all, timeout, 0, info);
}

unsigned long rl_SignalObjectAndWait(rl_HANDLE signalled, rl_HANDLE object, unsigned long timeout,
                                     int alertable, debug_info info) {
  refuse_alertable(alertable, info);
  return kernel32::wait({.objects = {object}, .count = 1, .all = true}, timeout, signalled, info);
}

void rl_InitializeCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info) {
  lock->init(info, heddle::sync::LockTraits{.recursive = true});
}

int rl_InitializeCriticalSectionAndSpinCount(rl_CRITICAL_SECTION* lock, unsigned long /*spins*/,
                                             debug_info info) {
  rl_InitializeCriticalSection(lock, info);
  return 1;
}

int rl_InitializeCriticalSectionEx(rl_CRITICAL_SECTION* lock, unsigned long /*spins*/,
                                   unsigned long /*flags*/, debug_info info) {
  rl_InitializeCriticalSection(lock, info);
  return 1;
}

void rl_DeleteCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info) { lock->deinit(info); }

void rl_EnterCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info) { lock->lock(info); }

int rl_TryEnterCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info) {
  return lock->get(info).try_lock(exclusive, info) ? 1 : 0;
}

void rl_LeaveCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info) { lock->unlock(info); }

void rl_InitializeSRWLock(rl_SRWLOCK* lock, debug_info info) {
  lock->init(info, heddle::sync::LockTraits{.shared = true});
}

void rl_DeleteSRWLock(rl_SRWLOCK* lock, debug_info info) { lock->deinit(info); }

void rl_AcquireSRWLockExclusive(rl_SRWLOCK* lock, debug_info info) {
  lock->get(info).lock(exclusive, info);
}

void rl_AcquireSRWLockShared(rl_SRWLOCK* lock, debug_info info) {
  lock->get(info).lock(shared, info);
}

unsigned char rl_TryAcquireSRWLockExclusive(rl_SRWLOCK* lock, debug_info info) {
  return lock->get(info).try_lock(exclusive, info) ? 1 : 0;
}

unsigned char rl_TryAcquireSRWLockShared(rl_SRWLOCK* lock, debug_info info) {
  return lock->get(info).try_lock(shared, info) ? 1 : 0;
}

void rl_ReleaseSRWLockExclusive(rl_SRWLOCK* lock, debug_info info) {
  lock->get(info).unlock(exclusive, info);
}

void rl_ReleaseSRWLockShared(rl_SRWLOCK* lock, debug_info info) {
  lock->get(info).unlock(shared, info);
}

void rl_InitializeConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info) {
  condition->init(info);
}

void rl_DeleteConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info) {
  condition->deinit(info);
}

int rl_SleepConditionVariableCS(rl_CONDITION_VARIABLE* condition, rl_CRITICAL_SECTION* lock,
                                unsigned long milliseconds, debug_info info) {
  return sleep_on(condition, *lock, milliseconds, info);
}

int rl_SleepConditionVariableSRW(rl_CONDITION_VARIABLE* condition, rl_SRWLOCK* lock,
                                 unsigned long milliseconds, unsigned long flags, debug_info info) {
  if ((flags & rl_CONDITION_VARIABLE_LOCKMODE_SHARED) == 0) {
    return sleep_on(condition, *lock, milliseconds, info);
  }
  SharedHold hold{*lock};
  return sleep_on(condition, hold, milliseconds, info);
}

void rl_WakeAllConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info) {
  condition->get(info).notify_all(info);
}

void rl_WakeConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info) {
  condition->get(info).notify_one(info);
}

rl_HANDLE rl_CreateThread(void* /*security*/, unsigned long /*stack_size*/,
                          rl_WIN_START_ROUTINE function, void* argument, unsigned long /*flags*/,
                          unsigned long* /*id*/, debug_info info) {
  return start(function, argument, info);
}

std::uintptr_t rl_beginthreadex(void* /*security*/, unsigned /*stack_size*/,
                                rl_MSVCR_THREAD_ROUTINE function, void* argument,
                                unsigned /*flags*/, unsigned* /*id*/, debug_info info) {
  return reinterpret_cast<std::uintptr_t>(start(function, argument, info));
}

unsigned long rl_TlsAlloc(debug_info info) {
  return reinterpret_cast<unsigned long>(heddle::api::engine(info).thread_memory(1));
}

void* rl_TlsGetValue(unsigned long slot, debug_info info) {
  const auto* key = reinterpret_cast<const void*>(slot);
  return reinterpret_cast<void*>(heddle::sync::thread_value(key, info));
}

int rl_TlsSetValue(unsigned long slot, void* value, debug_info info) {
  const auto* key = reinterpret_cast<const void*>(slot);
  heddle::sync::thread_value(key, info) = reinterpret_cast<std::uint64_t>(value);
  return 1;
}

}  // namespace rl
