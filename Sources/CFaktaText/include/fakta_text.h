/* What loops over bytes and tables need and Swift's SIMD types cannot do cheaply (they have no movemask): classes of 64 bytes,
 * copies up to a mark, buckets of keys; and what other C targets share. Everything is `static inline`, so that the calls vanish in the
 * Swift loops that use them. */
#ifndef FAKTA_TEXT_H
#define FAKTA_TEXT_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The scalar that a byte from 0x80 to 0x9F means in Windows-1252; the five bytes without a meaning keep their value, as in
 * browsers. */
static inline uint32_t fk_windows1252(uint32_t byte) {
  static const uint16_t scalars[32] = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return scalars[byte & 31];
}

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

/* Whether a byte stands in a JSON string as it is. */
static inline int fk_is_plain(uint8_t b) { return b >= 0x20 && b != '"' && b != '\\'; }

/* Copies n bytes from p to out up to the first that a JSON string must escape; returns how many were copied. Bytes
 * behind those, within the n, may have been copied too. Reads and writes nothing beyond the n bytes. */
static inline int64_t fk_copy_plain_scalar(uint8_t *out, const uint8_t *p, int64_t n) {
  int64_t i = 0;
  while (i < n && fk_is_plain(p[i])) {
    out[i] = p[i];
    i++;
  }
  return i;
}

#if defined(__SSE2__)
/* One bit for each of 16 bytes that a JSON string must escape. */
static inline uint32_t fk_escapes16(__m128i v) {
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
  const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(control, marks));
}

static inline int64_t fk_copy_plain(uint8_t *out, const uint8_t *p, int64_t n) {
  if (n >= 16) {
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
      const __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
      _mm_storeu_si128((__m128i *)(out + i), v);
      const uint32_t found = fk_escapes16(v);
      if (found) return i + __builtin_ctz(found);
    }
    if (i == n) return n;
    /* The rest overlaps what was looked at already. */
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + n - 16));
    _mm_storeu_si128((__m128i *)(out + n - 16), v);
    const uint32_t found = fk_escapes16(v);
    return found ? n - 16 + __builtin_ctz(found) : n;
  }
  if (n >= 8) {
    const __m128i low = _mm_loadl_epi64((const __m128i *)p), high = _mm_loadl_epi64((const __m128i *)(p + n - 8));
    _mm_storel_epi64((__m128i *)out, low);
    _mm_storel_epi64((__m128i *)(out + n - 8), high);
    const uint32_t found = fk_escapes16(_mm_unpacklo_epi64(low, high));
    if (!found) return n;
    const int first = __builtin_ctz(found);
    return first < 8 ? first : n - 16 + first;
  }
  if (n >= 4) {
    uint32_t low, high;
    memcpy(&low, p, 4);
    memcpy(&high, p + n - 4, 4);
    memcpy(out, &low, 4);
    memcpy(out + n - 4, &high, 4);
    const __m128i v = _mm_unpacklo_epi32(_mm_cvtsi32_si128((int)low), _mm_cvtsi32_si128((int)high));
    const uint32_t found = fk_escapes16(v) & 0xFF;
    if (!found) return n;
    const int first = __builtin_ctz(found);
    return first < 4 ? first : n - 8 + first;
  }
  return fk_copy_plain_scalar(out, p, n);
}

/* Copies 32 bytes from p to out; whether the first n (0 to 32) hold none that a JSON string must escape. Without a branch
 * on the length, which nobody can foretell. */
static inline int fk_copy_plain32(uint8_t *out, const uint8_t *p, int64_t n) {
  const __m128i low = _mm_loadu_si128((const __m128i *)p), high = _mm_loadu_si128((const __m128i *)(p + 16));
  _mm_storeu_si128((__m128i *)out, low);
  _mm_storeu_si128((__m128i *)(out + 16), high);
  const uint64_t found = fk_escapes16(low) | (uint64_t)fk_escapes16(high) << 16;
  return (found & ((1ull << (n & 63)) - 1)) == 0;
}

/* One bit for each of the 64 bytes at p with which a scalar begins. */
static inline uint64_t fk_leads(const uint8_t *p) {
  uint64_t leads = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    /* A continuation byte is 10xxxxxx: -128 to -65. */
    leads |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8(-65))) << (16 * i);
  }
  return leads;
}

/* One bit for each of the 64 bytes at p with which a scalar of four bytes begins. */
static inline uint64_t fk_leads_of_four(const uint8_t *p) {
  uint64_t leads = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const __m128i at_least = _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xF0)), v);
    leads |= (uint64_t)(uint32_t)_mm_movemask_epi8(at_least) << (16 * i);
  }
  return leads;
}
#else
static inline int64_t fk_copy_plain(uint8_t *out, const uint8_t *p, int64_t n) { return fk_copy_plain_scalar(out, p, n); }

static inline int fk_copy_plain32(uint8_t *out, const uint8_t *p, int64_t n) {
  int plain = 1;
  for (int i = 0; i < 32; i++) {
    plain &= i >= n || fk_is_plain(p[i]);
    out[i] = p[i];
  }
  return plain;
}

static inline uint64_t fk_leads(const uint8_t *p) {
  uint64_t leads = 0;
  for (int i = 0; i < 64; i++) leads |= (uint64_t)((p[i] & 0xC0) != 0x80) << i;
  return leads;
}

static inline uint64_t fk_leads_of_four(const uint8_t *p) {
  uint64_t leads = 0;
  for (int i = 0; i < 64; i++) leads |= (uint64_t)(p[i] >= 0xF0) << i;
  return leads;
}
#endif

/* How many of the n bytes at p come before the first '&', '<' or byte beyond ASCII. */
static inline int64_t fk_plain_text(const uint8_t *p, int64_t n) {
  int64_t i = 0;
#if defined(__SSE2__)
  for (; i + 16 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
    /* The highest bit of v is set in bytes beyond ASCII. */
    const uint32_t found = (uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, v));
    if (found) return i + __builtin_ctz(found);
  }
#endif
  while (i < n && p[i] < 0x80 && p[i] != '&' && p[i] != '<') i++;
  return i;
}

/* Where the first b stands among the n bytes at p; n when there is none. */
static inline int64_t fk_find_byte(const uint8_t *p, int64_t n, uint8_t b) {
  const uint8_t *found = n > 0 ? (const uint8_t *)memchr(p, b, (size_t)n) : NULL;
  return found ? found - p : n;
}

/* How many of the n bytes at p are b. */
static inline int64_t fk_count_byte(const uint8_t *p, int64_t n, uint8_t b) {
  int64_t i = 0, count = 0;
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)b), zero = _mm_setzero_si128();
  while (n - i >= 16) {
    /* Sixteen counts of one byte each, emptied before any of them can be full. */
    const int64_t stop = n - i < 255 * 16 ? i + ((n - i) & ~(int64_t)15) : i + 255 * 16;
    __m128i counts = zero;
    for (; i < stop; i += 16) {
      counts = _mm_sub_epi8(counts, _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(p + i)), wanted));
    }
    counts = _mm_sad_epu8(counts, zero);
    counts = _mm_add_epi64(counts, _mm_unpackhi_epi64(counts, counts));
    int64_t sum;
    _mm_storel_epi64((__m128i *)&sum, counts);
    count += sum;
  }
#endif
  for (; i < n; i++) count += p[i] == b;
  return count;
}

/* The value of key in a bucket of four keys, which are followed by their values; 0 when it is not there. Without a branch:
 * which of the four it is cannot be foretold. */
static inline uint64_t fk_bucket_find(const uint64_t *p, uint64_t key) {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi64x((long long)key);
  __m128i a = _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)p), wanted);
  __m128i b = _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(p + 2)), wanted);
  /* Both halves of a key must be equal. */
  a = _mm_and_si128(a, _mm_shuffle_epi32(a, 0xB1));
  b = _mm_and_si128(b, _mm_shuffle_epi32(b, 0xB1));
  a = _mm_and_si128(a, _mm_loadu_si128((const __m128i *)(p + 4)));
  b = _mm_and_si128(b, _mm_loadu_si128((const __m128i *)(p + 6)));
  a = _mm_or_si128(a, b);
  a = _mm_or_si128(a, _mm_unpackhi_epi64(a, a));
  uint64_t value;
  _mm_storel_epi64((__m128i *)&value, a);
  return value;
#else
  uint64_t value = 0;
  for (int i = 0; i < 4; i++) value |= p[i] == key ? p[4 + i] : 0;
  return value;
#endif
}

/* Eight numbers in one register. */
typedef int16_t FkRow __attribute__((ext_vector_type(8)));

/* The greater and the lesser of two rows, place by place: one instruction, which Swift's own functions are not always. */
static inline FkRow fk_greater(FkRow a, FkRow b) { return __builtin_elementwise_max(a, b); }
static inline FkRow fk_lesser(FkRow a, FkRow b) { return __builtin_elementwise_min(a, b); }

/* Sixteen bytes in one register. */
typedef uint8_t FkBytes __attribute__((ext_vector_type(16)));

static inline FkBytes fk_load_bytes(const uint8_t *p) {
  FkBytes x;
  memcpy(&x, p, 16);
  return x;
}

/* All ones where a byte is low to high. */
static inline FkBytes fk_between(FkBytes x, uint8_t low, uint8_t high) {
  return (FkBytes)(x - low <= (FkBytes)(uint8_t)(high - low));
}

static inline void fk_store_bytes(uint8_t *p, FkBytes x) { memcpy(p, &x, 16); }

/* One bit for each byte, which is all ones or zero; the lowest for the first. */
static inline uint32_t fk_bits(FkBytes x) {
#if defined(__SSE2__)
  return (uint32_t)_mm_movemask_epi8((__m128i)x);
#else
  uint32_t bits = 0;
  for (int i = 0; i < 16; i++) bits |= (uint32_t)(x[i] & 1) << i;
  return bits;
#endif
}

/* Asks for the cache line at p; reads nothing. */
static inline void fk_prefetch(const void *p) { __builtin_prefetch(p); }

/* Eight bytes at p, which need not be aligned. */
static inline uint64_t fk_load64(const uint8_t *p) {
  uint64_t x;
  memcpy(&x, p, 8);
  return x;
}

/* Copies up to n bytes from p to out with a backslash and a letter for each that a JSON string must escape, up to the first
 * byte that has no letter; *taken is how many were copied. Returns how many bytes were written; up to 2 n + 16 may have been. */
static inline int64_t fk_copy_escaped(uint8_t *out, const uint8_t *p, int64_t n, int64_t *taken) {
  uint8_t *const start = out;
  int64_t i = 0;
  while (i < n) {
#if defined(__SSE2__)
    if (n - i >= 16) {
      const __m128i v = _mm_loadu_si128((const __m128i *)(p + i));
      _mm_storeu_si128((__m128i *)out, v);
      const uint32_t found = fk_escapes16(v);
      const int plain = found ? __builtin_ctz(found) : 16;
      i += plain;
      out += plain;
      if (!found) continue;
    }
#endif
    const uint8_t b = p[i];
    if (fk_is_plain(b)) {
      *out++ = b;
      i++;
      continue;
    }
    const uint8_t letter = b == '\n' ? 'n' : b == '"' || b == '\\' ? b : b == '\r' ? 'r' : b == '\t' ? 't' : 0;
    if (!letter) break;
    out[0] = '\\';
    out[1] = letter;
    out += 2;
    i++;
  }
  *taken = i;
  return out - start;
}

/* Copies 32 bytes. */
static inline void fk_copy32(uint8_t *out, const uint8_t *p) {
  uint64_t x[4];
  memcpy(x, p, 32);
  memcpy(out, x, 32);
}

/* Copies n bytes, and up to 31 more of what stands behind them at p; p + n is not beyond out. */
static inline void fk_copy_blocks(uint8_t *out, const uint8_t *p, int64_t n) {
  for (int64_t i = 0; i < n; i += 32) fk_copy32(out + i, p + i);
}

static inline void fk_store32(uint8_t *out, uint32_t x) { memcpy(out, &x, 4); }
static inline void fk_store16(uint8_t *out, uint16_t x) { memcpy(out, &x, 2); }

/* The first n (0 to 8) bytes at p, the rest zero; reads nothing beyond p + n. */
static inline uint64_t fk_load_part(const uint8_t *p, int64_t n) {
  uint64_t x = 0;
  memcpy(&x, p, (size_t)(n < 0 ? 0 : n > 8 ? 8 : n));
  return x;
}

#endif
