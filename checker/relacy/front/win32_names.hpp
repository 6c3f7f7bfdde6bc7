// Macros that turn the names of <windows.h> into ours.
#pragma once

#include "checker/relacy/win32.hpp"

#define HANDLE rl::rl_HANDLE
#define INFINITE rl::rl_INFINITE
#define WAIT_FAILED rl::rl_WAIT_FAILED
#define WAIT_OBJECT_0 rl::rl_WAIT_OBJECT_0
#define WAIT_TIMEOUT rl::rl_WAIT_TIMEOUT
#define WAIT_IO_COMPLETION rl::rl_WAIT_IO_COMPLETION
#define MAXIMUM_WAIT_OBJECTS rl::rl_MAXIMUM_WAIT_OBJECTS
#define ERROR_TIMEOUT rl::rl_ERROR_TIMEOUT
#define GetLastError() rl::GetLastError()
#define SetLastError(...) rl::SetLastError(__VA_ARGS__)

#define SwitchToThread() rl::rl_SwitchToThread($)
#define Sleep(...) rl::rl_Sleep(__VA_ARGS__, $)

#define CloseHandle(...) rl::rl_CloseHandle(__VA_ARGS__, $)
#define WaitForSingleObject(...) rl::rl_WaitForSingleObject(__VA_ARGS__, $)
#define WaitForSingleObjectEx(...) rl::rl_WaitForSingleObjectEx(__VA_ARGS__, $)
#define WaitForMultipleObjects(...) rl::rl_WaitForMultipleObjects(__VA_ARGS__, $)
#define WaitForMultipleObjectsEx(...) rl::rl_WaitForMultipleObjectsEx(__VA_ARGS__, $)
#define SignalObjectAndWait(...) rl::rl_SignalObjectAndWait(__VA_ARGS__, $)

#define CreateSemaphore(...) rl::rl_CreateSemaphore(__VA_ARGS__, $)
#define CreateSemaphoreA(...) rl::rl_CreateSemaphore(__VA_ARGS__, $)
#define CreateSemaphoreW(...) rl::rl_CreateSemaphore(__VA_ARGS__, $)
#define ReleaseSemaphore(...) rl::rl_ReleaseSemaphore(__VA_ARGS__, $)

#define CreateEvent(...) rl::rl_CreateEvent(__VA_ARGS__, $)
#define CreateEventA(...) rl::rl_CreateEvent(__VA_ARGS__, $)
#define CreateEventW(...) rl::rl_CreateEvent(__VA_ARGS__, $)
#define SetEvent(...) rl::rl_SetEvent(__VA_ARGS__, $)
#define ResetEvent(...) rl::rl_ResetEvent(__VA_ARGS__, $)
#define PulseEvent(...) rl::rl_PulseEvent(__VA_ARGS__, $)

#define CreateMutex(...) rl::rl_CreateMutex(__VA_ARGS__, $)
#define CreateMutexA(...) rl::rl_CreateMutex(__VA_ARGS__, $)
#define CreateMutexW(...) rl::rl_CreateMutex(__VA_ARGS__, $)
#define ReleaseMutex(...) rl::rl_ReleaseMutex(__VA_ARGS__, $)

#define CRITICAL_SECTION rl::rl_CRITICAL_SECTION
#define InitializeCriticalSection(...) rl::rl_InitializeCriticalSection(__VA_ARGS__, $)
#define InitializeCriticalSectionAndSpinCount(...) \
  rl::rl_InitializeCriticalSectionAndSpinCount(__VA_ARGS__, $)
#define InitializeCriticalSectionEx(...) rl::rl_InitializeCriticalSectionEx(__VA_ARGS__, $)
#define DeleteCriticalSection(...) rl::rl_DeleteCriticalSection(__VA_ARGS__, $)
#define EnterCriticalSection(...) rl::rl_EnterCriticalSection(__VA_ARGS__, $)
#define TryEnterCriticalSection(...) rl::rl_TryEnterCriticalSection(__VA_ARGS__, $)
#define LeaveCriticalSection(...) rl::rl_LeaveCriticalSection(__VA_ARGS__, $)

#define SRWLOCK rl::rl_SRWLOCK
#define SRWLOCK_INIT rl::rl_SRWLOCK::statically
#define InitializeSRWLock(...) rl::rl_InitializeSRWLock(__VA_ARGS__, $)
#define DeleteSRWLock(...) rl::rl_DeleteSRWLock(__VA_ARGS__, $)
#define AcquireSRWLockExclusive(...) rl::rl_AcquireSRWLockExclusive(__VA_ARGS__, $)
#define AcquireSRWLockShared(...) rl::rl_AcquireSRWLockShared(__VA_ARGS__, $)
#define TryAcquireSRWLockExclusive(...) rl::rl_TryAcquireSRWLockExclusive(__VA_ARGS__, $)
#define TryAcquireSRWLockShared(...) rl::rl_TryAcquireSRWLockShared(__VA_ARGS__, $)
#define ReleaseSRWLockExclusive(...) rl::rl_ReleaseSRWLockExclusive(__VA_ARGS__, $)
#define ReleaseSRWLockShared(...) rl::rl_ReleaseSRWLockShared(__VA_ARGS__, $)

#define CONDITION_VARIABLE rl::rl_CONDITION_VARIABLE
#define CONDITION_VARIABLE_INIT rl::rl_SRWLOCK::statically
#define CONDITION_VARIABLE_LOCKMODE_SHARED rl::rl_CONDITION_VARIABLE_LOCKMODE_SHARED
#define InitializeConditionVariable(...) rl::rl_InitializeConditionVariable(__VA_ARGS__, $)
#define DeleteConditionVariable(...) rl::rl_DeleteConditionVariable(__VA_ARGS__, $)
#define SleepConditionVariableCS(...) rl::rl_SleepConditionVariableCS(__VA_ARGS__, $)
#define SleepConditionVariableSRW(...) rl::rl_SleepConditionVariableSRW(__VA_ARGS__, $)
#define WakeAllConditionVariable(...) rl::rl_WakeAllConditionVariable(__VA_ARGS__, $)
#define WakeConditionVariable(...) rl::rl_WakeConditionVariable(__VA_ARGS__, $)

#define CreateThread(...) rl::rl_CreateThread(__VA_ARGS__, $)
#define _beginthreadex(...) rl::rl_beginthreadex(__VA_ARGS__, $)
#define SetThreadAffinityMask(...) rl::rl_SetThreadAffinityMask(__VA_ARGS__, $)
#define SuspendThread(...) heddle_has_no_SuspendThread
#define ResumeThread(...) heddle_has_no_ResumeThread
#define TerminateThread(...) heddle_has_no_TerminateThread
#define QueueUserAPC(...) heddle_has_no_QueueUserAPC

#define TlsAlloc() rl::rl_TlsAlloc($)
#define TlsFree(...) rl::rl_TlsFree(__VA_ARGS__, $)
#define TlsGetValue(...) rl::rl_TlsGetValue(__VA_ARGS__, $)
#define TlsSetValue(...) rl::rl_TlsSetValue(__VA_ARGS__, $)

#define FlushProcessWriteBuffers() rl::systemwide_fence($)
