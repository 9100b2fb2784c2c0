/* Plain text, headline and date of a web page. No type of libxml2 shows here. */
#ifndef FAKTA_HTML_H
#define FAKTA_HTML_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define FK_NULLABLE _Nullable
#else
#define FK_NULLABLE
#endif

enum {
  FK_PAGE_OK = 0,
  FK_PAGE_CUT = 1,        /* nested beyond reason: read up to there */
  FK_PAGE_TOO_LARGE = -1, /* 2 GiB or more */
  FK_PAGE_NO_MEMORY = -2
};

typedef struct FkPage FkPage;

/* Reads a page in UTF-8; what it says about its own encoding is ignored. Returns NULL without memory. Never prints,
 * never opens a file or a connection. Takes time in proportion to `count`, whatever the bytes are. */
FkPage *FK_NULLABLE fk_page_read(const uint8_t *bytes, size_t count);
void fk_page_free(FkPage *FK_NULLABLE page);

int fk_page_status(const FkPage *page);

/* UTF-8, valid until the page is freed; NULL when the page has none. */
const uint8_t *FK_NULLABLE fk_page_text(const FkPage *page, size_t *count);
const uint8_t *FK_NULLABLE fk_page_title(const FkPage *page, size_t *count);
const uint8_t *FK_NULLABLE fk_page_date(const FkPage *page, size_t *count);
/* The JSON-LD scripts, one behind the other: about 1 MiB of them at most, and they need not be JSON. */
const uint8_t *FK_NULLABLE fk_page_linked_data(const FkPage *page, size_t *count);

/* Converts from the character set `name` to UTF-8; bytes that fit nowhere become U+FFFD. The result is to be freed
 * with fk_bytes_free. NULL if the character set is unknown or without memory. */
uint8_t *FK_NULLABLE fk_bytes_from_charset(const char *name, const uint8_t *bytes, size_t count, size_t *result_count);
void fk_bytes_free(uint8_t *FK_NULLABLE bytes);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
