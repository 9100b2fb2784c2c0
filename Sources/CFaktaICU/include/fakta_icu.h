/* ICU behind plain C types. No ICU header may be included here: its macros rename every function, and a Swift module
 * that sees them does not compile beside Foundation. */
#ifndef FAKTA_ICU_H
#define FAKTA_ICU_H

#include <stdint.h>

/* NFC of UTF-8 text. Returns the length written, -1 on an ICU error, or -2 - needed when `cap` is too small.
 * The text must be valid UTF-8. */
int64_t fk_nfc(const uint8_t *_Nonnull s, int64_t n, uint8_t *_Nonnull out, int64_t cap);
/* Length in bytes of the longest prefix of s that is certainly in NFC; n when all of it is, 0 where ICU cannot tell. */
int64_t fk_nfc_span(const uint8_t *_Nonnull s, int64_t n);

typedef struct FkBreaks FkBreaks;
/* kind: 0 words, 1 sentences. NULL on an ICU error. One object must not be used by two threads at once. For tests. */
FkBreaks *_Nullable fk_breaks_open(int kind, const char *_Nonnull locale);
void fk_breaks_close(FkBreaks *_Nonnull b);
/* Ends of all segments in bytes; statuses of words (0 = not a word) where `status` is given.
 * Returns their count, -1 on an ICU error, -2 when `cap` is too small. */
int64_t fk_breaks_utf8(FkBreaks *_Nonnull b, const uint8_t *_Nonnull s, int64_t n, int32_t *_Nonnull out,
                       int32_t *_Nullable status, int64_t cap);

/* Islamic calendar day (month 1 to 12) to the Gregorian one. civil: 0 umm-al-qura, 1 tabular civil. Returns 0, or -1 when it
 * is no day of that calendar. */
int fk_islamic_to_gregorian(int civil, int year, int month, int day, int *_Nonnull gy, int *_Nonnull gm, int *_Nonnull gd);
/* Chinese calendar month and day to Gregorian, for the year in which the Gregorian year `gy` sees that new year. */
int fk_chinese_to_gregorian(int gy, int month, int day, int *_Nonnull om, int *_Nonnull od);
/* Gregorian weekday by ICU, 1 = Monday … 7 = Sunday; for tests. */
int fk_weekday(int gy, int gm, int gd);
/* Spells numbers out (kind 0) or formats them with digits (kind 1) in the locale; NULL on an ICU error. For tests. */
typedef struct FkNumberFormat FkNumberFormat;
FkNumberFormat *_Nullable fk_number_format_open(int kind, const char *_Nonnull locale);
void fk_number_format_close(FkNumberFormat *_Nonnull f);
/* The decimal as UTF-8. Returns the length or -1. */
int64_t fk_number_format(FkNumberFormat *_Nonnull f, const char *_Nonnull decimal, char *_Nonnull out, int64_t cap);
/* Width in terminal cells of a scalar: 0, 1 or 2. */
int fk_cell_width(uint32_t scalar);
/* ICU's version, for `--version`. */
const char *_Nonnull fk_icu_version(void);

#endif
