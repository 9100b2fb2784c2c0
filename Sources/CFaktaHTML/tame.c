#include "tame.h"

#include <string.h>
#include <strings.h>

enum { MOST_ATTRIBUTES = 256 };

static int is_space(uint8_t byte) { return byte == ' ' || (byte >= 9 && byte <= 13); }

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

static int says(const uint8_t *bytes, const uint8_t *end, const char *word) {
  size_t count = strlen(word);
  return (size_t)(end - bytes) >= count && strncasecmp((const char *)bytes, word, count) == 0;
}

/* Returns the end of the attribute at `at`: name, or name=value with or without quotes. */
static uint8_t *end_of_attribute(uint8_t *at, uint8_t *end) {
  uint8_t *c = at + 1;
  while (c < end && !is_space(*c) && *c != '=' && *c != '>') ++c;
  uint8_t *value = c;
  while (value < end && is_space(*value)) ++value;
  if (value == end || *value != '=') return c;
  ++value;
  while (value < end && is_space(*value)) ++value;
  if (value < end && (*value == '"' || *value == '\'')) {
    uint8_t *close = memchr(value + 1, *value, (size_t)(end - value - 1));
    return close == NULL ? end : close + 1;
  }
  while (value < end && !is_space(*value) && *value != '>') ++value;
  return value;
}

/* Blanks attributes beyond the limit; returns the end of the tag. */
static uint8_t *tame_tag(uint8_t *name, uint8_t *end, int *shared_count) {
  uint8_t *c = name;
  while (c < end && !is_space(*c) && *c != '>') ++c;
  int own_count = 0;
  /* Attributes of later <html> and <body> tags are added to the first one. */
  int *count = says(name, end, "html") || says(name, end, "body") ? shared_count : &own_count;
  while (c < end && *c != '>') {
    if (is_space(*c)) {
      ++c;
      continue;
    }
    uint8_t *next = end_of_attribute(c, end);
    if (++*count > MOST_ATTRIBUTES) memset(c, ' ', (size_t)(next - c));
    c = next;
  }
  return c;
}

/* Returns the first place of `word` at or after `c`, in any case, or `end`. */
static uint8_t *find(uint8_t *c, uint8_t *end, const char *word) {
  while (c < end && (c = memchr(c, word[0], (size_t)(end - c))) != NULL) {
    if (says(c, end, word)) return c;
    ++c;
  }
  return end;
}

void tame(uint8_t *bytes, size_t count) {
  uint8_t *end = bytes + count;
  for (uint8_t *c = bytes; c < end && (c = memchr(c, 0, (size_t)(end - c))) != NULL;) *c++ = ' ';
  int shared_count = 0;
  for (uint8_t *c = bytes; c < end && (c = memchr(c, '<', (size_t)(end - c))) != NULL;) {
    ++c;
    if (says(c, end, "!--")) {
      c = find(c + 3, end, "-->");
    } else if (c < end && is_letter(*c)) {
      uint8_t *name = c;
      c = tame_tag(name, end, &shared_count);
      if (says(name, end, "script")) c = find(c, end, "</script");
      if (says(name, end, "style")) c = find(c, end, "</style");
    }
  }
}
