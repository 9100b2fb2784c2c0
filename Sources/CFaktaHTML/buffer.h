/* A byte buffer that grows. After a failed allocation it takes nothing more and says so. */
#ifndef FAKTA_HTML_BUFFER_H
#define FAKTA_HTML_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint8_t *bytes;
  size_t count, capacity;
  int failed;
} Buffer;

static inline void buffer_add(Buffer *b, const void *bytes, size_t count) {
  if (b->failed || count == 0) return;
  if (count > b->capacity - b->count) {
    size_t capacity = (b->count + count) * 2;
    uint8_t *grown = realloc(b->bytes, capacity);
    if (grown == NULL) {
      b->failed = 1;
      return;
    }
    b->bytes = grown;
    b->capacity = capacity;
  }
  memcpy(b->bytes + b->count, bytes, count);
  b->count += count;
}

static inline void buffer_free(Buffer *b) {
  free(b->bytes);
  *b = (Buffer){0};
}

#endif
