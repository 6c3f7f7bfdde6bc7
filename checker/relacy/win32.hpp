// Windows' threads and locks for tests: what the names in <relacy/windows.h> stand for.
#pragma once

#include <cstdint>

#include "checker/relacy/assert.hpp"
#include "checker/relacy/posix_sync.hpp"
#include "checker/relacy/run_hook.hpp"
#include "checker/relacy/win32_kernel.hpp"

namespace rl {

inline constexpr unsigned long rl_CONDITION_VARIABLE_LOCKMODE_SHARED = 1;
inline constexpr unsigned long rl_ERROR_TIMEOUT = 1460;

inline unsigned long GetLastError() { return static_cast<unsigned long>(get_errno()); }
inline void SetLastError(unsigned long value) { set_errno(static_cast<int>(value)); }

inline int rl_SwitchToThread(debug_info /*info*/) { return 1; }
inline void rl_Sleep(unsigned long /*milliseconds*/, debug_info /*info*/) {}

rl_HANDLE rl_CreateSemaphore(void* security, long count, long maximum, const void* name,
                             debug_info info);
rl_HANDLE rl_CreateEvent(void* security, int manual_reset, int initial_state, const void* name,
                         debug_info info);
rl_HANDLE rl_CreateMutex(void* security, int initial_owner, const void* name, debug_info info);
int rl_CloseHandle(rl_HANDLE object, debug_info info);

int rl_ReleaseSemaphore(rl_HANDLE object, long count, long* before, debug_info info);
int rl_SetEvent(rl_HANDLE object, debug_info info);
int rl_ResetEvent(rl_HANDLE object, debug_info info);
int rl_PulseEvent(rl_HANDLE object, debug_info info);
int rl_ReleaseMutex(rl_HANDLE object, debug_info info);

/// Alertable waits are refused.
unsigned long rl_WaitForSingleObjectEx(rl_HANDLE object, unsigned long timeout, int alertable,
                                       debug_info info);
unsigned long rl_WaitForSingleObject(rl_HANDLE object, unsigned long timeout, debug_info info);
unsigned long rl_WaitForMultipleObjectsEx(unsigned long count, const rl_HANDLE* objects, int all,
                                          unsigned long timeout, int alertable, debug_info info);
unsigned long rl_WaitForMultipleObjects(unsigned long count, const rl_HANDLE* objects, int all,
                                        unsigned long timeout, debug_info info);
unsigned long rl_SignalObjectAndWait(rl_HANDLE signalled, rl_HANDLE object, unsigned long timeout,
                                     int alertable, debug_info info);

using rl_CRITICAL_SECTION = detail::StaticLock;
void rl_InitializeCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info);
int rl_InitializeCriticalSectionAndSpinCount(rl_CRITICAL_SECTION* lock, unsigned long spins,
                                             debug_info info);
int rl_InitializeCriticalSectionEx(rl_CRITICAL_SECTION* lock, unsigned long spins,
                                   unsigned long flags, debug_info info);
void rl_DeleteCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info);
void rl_EnterCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info);
int rl_TryEnterCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info);
void rl_LeaveCriticalSection(rl_CRITICAL_SECTION* lock, debug_info info);

using rl_SRWLOCK = rl_pthread_rwlock_t;
void rl_InitializeSRWLock(rl_SRWLOCK* lock, debug_info info);
void rl_DeleteSRWLock(rl_SRWLOCK* lock, debug_info info);
void rl_AcquireSRWLockExclusive(rl_SRWLOCK* lock, debug_info info);
void rl_AcquireSRWLockShared(rl_SRWLOCK* lock, debug_info info);
unsigned char rl_TryAcquireSRWLockExclusive(rl_SRWLOCK* lock, debug_info info);
unsigned char rl_TryAcquireSRWLockShared(rl_SRWLOCK* lock, debug_info info);
void rl_ReleaseSRWLockExclusive(rl_SRWLOCK* lock, debug_info info);
void rl_ReleaseSRWLockShared(rl_SRWLOCK* lock, debug_info info);

using rl_CONDITION_VARIABLE = rl_pthread_cond_t;
void rl_InitializeConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info);
void rl_DeleteConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info);
/// Returns 1, or 0 if time ran out; GetLastError() then is ERROR_TIMEOUT.
int rl_SleepConditionVariableCS(rl_CONDITION_VARIABLE* condition, rl_CRITICAL_SECTION* lock,
                                unsigned long milliseconds, debug_info info);
int rl_SleepConditionVariableSRW(rl_CONDITION_VARIABLE* condition, rl_SRWLOCK* lock,
                                 unsigned long milliseconds, unsigned long flags, debug_info info);
void rl_WakeAllConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info);
void rl_WakeConditionVariable(rl_CONDITION_VARIABLE* condition, debug_info info);

using rl_WIN_START_ROUTINE = unsigned long (*)(void*);
using rl_MSVCR_THREAD_ROUTINE = unsigned (*)(void*);
rl_HANDLE rl_CreateThread(void* security, unsigned long stack_size, rl_WIN_START_ROUTINE function,
                          void* argument, unsigned long flags, unsigned long* id, debug_info info);
std::uintptr_t rl_beginthreadex(void* security, unsigned stack_size,
                                rl_MSVCR_THREAD_ROUTINE function, void* argument, unsigned flags,
                                unsigned* id, debug_info info);
inline unsigned long rl_SetThreadAffinityMask(rl_HANDLE /*thread*/, unsigned long /*mask*/,
                                              debug_info /*info*/) {
  return 1;
}

/// A slot is an address of the creating thread, which is unique.
unsigned long rl_TlsAlloc(debug_info info);
inline int rl_TlsFree(unsigned long /*slot*/, debug_info /*info*/) { return 1; }
void* rl_TlsGetValue(unsigned long slot, debug_info info);
int rl_TlsSetValue(unsigned long slot, void* value, debug_info info);

}  // namespace rl
