/* Classifies 64 bytes of UTF-8 at once: the one thing that Swift's SIMD types cannot do cheaply (they have no
 * movemask). Everything is `static inline`, so that the calls vanish in the Swift loops that use them. */
#ifndef FAKTA_TEXT_H
#define FAKTA_TEXT_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* One bit per byte, the lowest bit for the first byte. */
typedef struct {
  uint64_t letter; /* A-Z a-z */
  uint64_t upper;  /* A-Z */
  uint64_t digit;  /* 0-9 */
  uint64_t space;  /* space, tab, CR, LF, VT, FF */
  uint64_t high;   /* 0x80 and above: part of a scalar beyond ASCII */
} FkClasses;

static inline FkClasses fk_classify_scalar(const uint8_t *p) {
  FkClasses c = {0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    const uint64_t bit = 1ull << i;
    const uint8_t b = p[i], lower = b | 0x20;
    if (lower >= 'a' && lower <= 'z') c.letter |= bit;
    if (b >= 'A' && b <= 'Z') c.upper |= bit;
    if (b >= '0' && b <= '9') c.digit |= bit;
    if (b == ' ' || (b >= 9 && b <= 13)) c.space |= bit;
    if (b >= 0x80) c.high |= bit;
  }
  return c;
}

#if defined(__SSE2__)
static inline uint64_t fk_range16(__m128i v, char low, char count) {
  /* Signed compare of (v - low) shifted so that the wanted range starts at -128. */
  const __m128i shifted = _mm_add_epi8(_mm_sub_epi8(v, _mm_set1_epi8(low)), _mm_set1_epi8((char)-128));
  return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(-128 + count))));
}

static inline FkClasses fk_classify(const uint8_t *p) {
  FkClasses c = {0, 0, 0, 0, 0};
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const int shift = 16 * i;
    c.letter |= fk_range16(lower, 'a', 26) << shift;
    c.upper |= fk_range16(v, 'A', 26) << shift;
    c.digit |= fk_range16(v, '0', 10) << shift;
    c.space |= (fk_range16(v, 9, 5) |
                (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')))) << shift;
    c.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << shift;
  }
  return c;
}
#else
static inline FkClasses fk_classify(const uint8_t *p) { return fk_classify_scalar(p); }
#endif

/* Eight numbers in one register. */
typedef int16_t FkRow __attribute__((ext_vector_type(8)));

/* The greater and the lesser of two rows, place by place: one instruction, which Swift's own functions are not always. */
static inline FkRow fk_greater(FkRow a, FkRow b) { return __builtin_elementwise_max(a, b); }
static inline FkRow fk_lesser(FkRow a, FkRow b) { return __builtin_elementwise_min(a, b); }

/* Asks for the cache line at p; reads nothing. */
static inline void fk_prefetch(const void *p) { __builtin_prefetch(p); }


/* Eight bytes at p, which need not be aligned. */
static inline uint64_t fk_load64(const uint8_t *p) {
  uint64_t x;
  memcpy(&x, p, 8);
  return x;
}

/* The first n (0 to 8) bytes at p, the rest zero; reads nothing beyond p + n. */
static inline uint64_t fk_load_part(const uint8_t *p, int64_t n) {
  uint64_t x = 0;
  memcpy(&x, p, (size_t)(n < 0 ? 0 : n > 8 ? 8 : n));
  return x;
}

#endif
