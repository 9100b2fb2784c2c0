/* What becomes of a thread that a fault stops (an overflow, an index out of range: the processor refuses the next instruction). Without
   a watch the program ends, with the message of `fk_fault_message` if there is one; a watched thread sleeps for good, and the others go
   on without it. Nothing is unwound: what the thread held stays as it was, and so does its memory. */
#ifndef FAKTA_GUARD_H
#define FAKTA_GUARD_H

#include <stdbool.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define FK_NULLABLE _Nullable
#else
#define FK_NULLABLE
#endif

/* What the program says on stderr when a fault ends it, with status 1; `message` must live as long as the program. */
void fk_fault_message(const char *message);

/* Rings when something has happened; may be rung by any thread and by signal handlers. */
typedef struct FkBell FkBell;

/* NULL where there is no memory. To be freed when nobody rings it any more. */
FkBell *FK_NULLABLE fk_bell_new(void);
void fk_bell_free(FkBell *bell);
void fk_bell_ring(FkBell *bell);
/* Waits for a ring that nobody has waited for yet. */
void fk_bell_wait(FkBell *bell);

/* Watches one thread at a time. */
typedef struct FkWatch FkWatch;

/* A watch that rings `bell`, which must outlive it, when its thread is stopped; NULL where there is no memory. */
FkWatch *FK_NULLABLE fk_watch_new(FkBell *bell);
void fk_watch_free(FkWatch *watch);
/* The calling thread is watched from here until `fk_watch_end`. It must hold no lock that others wait for. */
void fk_watch_begin(FkWatch *watch);
void fk_watch_end(void);
/* Whether a fault has stopped the thread. What it wrote before can be read then. */
bool fk_watch_has_stopped(FkWatch *watch);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
