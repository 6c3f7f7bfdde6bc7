// TizenRT's pthread_cond_timedwait on a semaphore: a time-out and a broadcast both take the waiter
// off the count. fixed=1: only if the count is not 0. Right: fixed=0 violated (count below 0),
// fixed=1 holds. C with POSIX names.
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include <atomic>
#include <cassert>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {
struct cond {
  sem_t sem;
  int waiters;
};
struct shared {
  pthread_mutex_t m;
  pthread_mutex_t inner;
  cond c;
};
int cond_timedwait(shared* s) {
  pthread_mutex_lock(&s->inner);
  s->c.waiters++;
  pthread_mutex_unlock(&s->inner);
  pthread_mutex_unlock(&s->m);
  timespec until = {1, 0};
  const int r = sem_timedwait(&s->c.sem, &until);
  if (r != 0) {
    pthread_mutex_lock(&s->inner);
    if (!PARAM_fixed || s->c.waiters > 0) s->c.waiters--;
    pthread_mutex_unlock(&s->inner);
  }
  pthread_mutex_lock(&s->m);
  return r;
}
void cond_broadcast(shared* s) {
  pthread_mutex_lock(&s->inner);
  while (s->c.waiters > 0) {
    s->c.waiters--;
    sem_post(&s->c.sem);
  }
  pthread_mutex_unlock(&s->inner);
}
void* waiter(void* arg) {
  shared* s = static_cast<shared*>(arg);
  pthread_mutex_lock(&s->m);
  cond_timedwait(s);
  pthread_mutex_unlock(&s->m);
  return nullptr;
}
void* caller(void* arg) {
  cond_broadcast(static_cast<shared*>(arg));
  return nullptr;
}
void test() {
  shared* s = new shared;
  pthread_mutex_init(&s->m, nullptr);
  pthread_mutex_init(&s->inner, nullptr);
  sem_init(&s->c.sem, 0, 0);
  s->c.waiters = 0;
  pthread_t a, b;
  pthread_create(&a, nullptr, waiter, s);
  pthread_create(&b, nullptr, caller, s);
  pthread_join(a, nullptr);
  pthread_join(b, nullptr);
  assert(s->c.waiters == 0);
  sem_destroy(&s->c.sem);
  pthread_mutex_destroy(&s->inner);
  pthread_mutex_destroy(&s->m);
  delete s;
}
}  // namespace
int main() { test(); }
