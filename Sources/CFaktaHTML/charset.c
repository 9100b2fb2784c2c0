#include <errno.h>
#include <iconv.h>

#include "buffer.h"
#include "fakta_html.h"

uint8_t *fk_bytes_from_charset(const char *name, const uint8_t *bytes, size_t count, size_t *result_count) {
  *result_count = 0;
  iconv_t converter = iconv_open("UTF-8", name);
  if (converter == (iconv_t)-1) return NULL;
  Buffer out = {0};
  char *in = (char *)(uintptr_t)bytes;
  size_t left = count;
  char piece[8192];
  int is_flushed = 0;
  while (!is_flushed && !out.failed) {
    char *to = piece;
    size_t room = sizeof piece;
    is_flushed = left == 0;
    size_t status = iconv(converter, left > 0 ? &in : NULL, left > 0 ? &left : NULL, &to, &room);
    int error = status == (size_t)-1 ? errno : 0;
    buffer_add(&out, piece, (size_t)(to - piece));
    if (error == E2BIG) {
      is_flushed = 0;
    } else if (error != 0) {
      buffer_add(&out, "\xEF\xBF\xBD", 3);
      if (error != EILSEQ || left == 0) break; /* cut off at the end */
      ++in;
      --left;
    }
  }
  iconv_close(converter);
  if (out.failed) {
    buffer_free(&out);
    return NULL;
  }
  if (out.bytes == NULL) out.bytes = malloc(1);
  *result_count = out.count;
  return out.bytes;
}

void fk_bytes_free(uint8_t *bytes) { free(bytes); }
