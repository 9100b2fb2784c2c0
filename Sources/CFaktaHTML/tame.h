/* Takes from a page what would stop libxml2 or make it slow. */
#ifndef FAKTA_HTML_TAME_H
#define FAKTA_HTML_TAME_H

#include <stddef.h>
#include <stdint.h>

/* In place and in one pass: NUL bytes, at which libxml2 would stop, become spaces, and so do the attributes of a tag
 * beyond the 256th, which it would compare each with each. */
void tame(uint8_t *bytes, size_t count);

#endif
