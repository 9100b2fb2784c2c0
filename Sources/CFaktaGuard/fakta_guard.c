#include "fakta_guard.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct FkBell {
  sem_t rings;
};

struct FkWatch {
  FkBell *bell;
  atomic_bool has_stopped;
};

FkBell *fk_bell_new(void) {
  FkBell *bell = calloc(1, sizeof *bell);
  if (bell && sem_init(&bell->rings, 0, 0) != 0) {
    free(bell);
    return NULL;
  }
  return bell;
}

void fk_bell_free(FkBell *bell) {
  sem_destroy(&bell->rings);
  free(bell);
}

void fk_bell_ring(FkBell *bell) { sem_post(&bell->rings); }

void fk_bell_wait(FkBell *bell) {
  while (sem_wait(&bell->rings) != 0 && errno == EINTR) {
  }
}

/* The watch of this thread. */
static _Thread_local FkWatch *current;

static const char *_Atomic last_words;

/* The signals of a fault: `ud2` on x86, `brk` on ARM. A wild access to memory (SIGSEGV) is none: nothing can be relied on then. */
enum { FAULTS = 2 };
static const int faults[FAULTS] = {SIGILL, SIGTRAP};
static struct sigaction earlier[FAULTS];
static pthread_once_t installation = PTHREAD_ONCE_INIT;

static void stop(int signal, siginfo_t *info, void *context) {
  (void)info;
  (void)context;
  FkWatch *watch = current;
  if (!watch) {
    const char *message = atomic_load(&last_words);
    if (message) {
      size_t length = 0;
      while (message[length] != 0) ++length;
      ssize_t ignored = write(STDERR_FILENO, message, length);
      (void)ignored;
      _exit(1);
    }
    /* What would have been without us: the same instruction runs once more. */
    for (int i = 0; i < FAULTS; i++) {
      if (faults[i] == signal) sigaction(signal, &earlier[i], NULL);
    }
    return;
  }
  current = NULL;
  atomic_store_explicit(&watch->has_stopped, true, memory_order_release);
  sem_post(&watch->bell->rings);
  for (;;) pause();
}

static void install(void) {
  struct sigaction action = {0};
  action.sa_sigaction = stop;
  action.sa_flags = SA_SIGINFO;
  /* Signals that end the program are for threads that live. */
  sigfillset(&action.sa_mask);
  for (int i = 0; i < FAULTS; i++) sigaction(faults[i], &action, &earlier[i]);
}

void fk_fault_message(const char *message) {
  atomic_store(&last_words, message);
  pthread_once(&installation, install);
}

FkWatch *fk_watch_new(FkBell *bell) {
  pthread_once(&installation, install);
  FkWatch *watch = calloc(1, sizeof *watch);
  if (watch) watch->bell = bell;
  return watch;
}

void fk_watch_free(FkWatch *watch) { free(watch); }

void fk_watch_begin(FkWatch *watch) { current = watch; }

void fk_watch_end(void) { current = NULL; }

bool fk_watch_has_stopped(FkWatch *watch) { return atomic_load_explicit(&watch->has_stopped, memory_order_acquire); }
