#include "fakta_icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

static UChar *utf16(const uint8_t *s, int64_t n, int32_t *length) {
  UErrorCode error = U_ZERO_ERROR;
  UChar *buffer = malloc((size_t)(n + 1) * sizeof(UChar));
  if (!buffer) return NULL;
  u_strFromUTF8(buffer, (int32_t)n + 1, length, (const char *)s, (int32_t)n, &error);
  if (U_FAILURE(error)) {
    free(buffer);
    return NULL;
  }
  return buffer;
}

int64_t fk_nfc(const uint8_t *s, int64_t n, uint8_t *out, int64_t cap) {
  if (n < 0 || n > INT32_MAX / 4) return -1;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  if (U_FAILURE(error)) return -1;
  int32_t length = 0;
  UChar *source = utf16(s, n, &length);
  if (!source) return -1;
  int32_t room = length * 3 + 16;
  UChar *target = malloc((size_t)room * sizeof(UChar));
  if (!target) {
    free(source);
    return -1;
  }
  int32_t made = unorm2_normalize(nfc, source, length, target, room, &error);
  free(source);
  if (U_FAILURE(error)) {
    free(target);
    return -1;
  }
  int32_t written = 0;
  u_strToUTF8((char *)out, (int32_t)cap, &written, target, made, &error);
  free(target);
  if (error == U_BUFFER_OVERFLOW_ERROR) return -2 - (int64_t)written;
  return U_FAILURE(error) ? -1 : written;
}

int64_t fk_nfc_span(const uint8_t *s, int64_t n) {
  if (n < 0 || n > INT32_MAX / 4) return 0;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
  if (U_FAILURE(error)) return 0;
  int32_t length = 0;
  UChar *source = utf16(s, n, &length);
  if (!source) return 0;
  int32_t good = unorm2_spanQuickCheckYes(nfc, source, length, &error);
  int64_t bytes = 0;
  if (U_SUCCESS(error)) {
    int32_t written = 0;
    u_strToUTF8(NULL, 0, &written, source, good, &error);
    bytes = written;
  }
  free(source);
  return bytes;
}

struct FkBreaks {
  UBreakIterator *iterator;
  int kind;
};

FkBreaks *fk_breaks_open(int kind, const char *locale) {
  UErrorCode error = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(kind == 0 ? UBRK_WORD : UBRK_SENTENCE, locale, NULL, 0, &error);
  if (U_FAILURE(error)) return NULL;
  FkBreaks *b = malloc(sizeof *b);
  if (!b) {
    ubrk_close(iterator);
    return NULL;
  }
  b->iterator = iterator;
  b->kind = kind;
  return b;
}

void fk_breaks_close(FkBreaks *b) {
  ubrk_close(b->iterator);
  free(b);
}

int64_t fk_breaks_utf8(FkBreaks *b, const uint8_t *s, int64_t n, int32_t *out, int32_t *status, int64_t cap) {
  UErrorCode error = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, (const char *)s, n, &error);
  if (U_FAILURE(error)) return -1;
  ubrk_setUText(b->iterator, &text, &error);
  int64_t count = 0;
  if (U_SUCCESS(error)) {
    ubrk_first(b->iterator);
    for (int32_t end; (end = ubrk_next(b->iterator)) != UBRK_DONE; count++) {
      if (count >= cap) {
        count = -2;
        break;
      }
      out[count] = end;
      if (status) status[count] = ubrk_getRuleStatus(b->iterator);
    }
  } else {
    count = -1;
  }
  utext_close(&text);
  return count;
}

static UCalendar *calendar(const char *locale) {
  UErrorCode error = U_ZERO_ERROR;
  static const UChar utc[] = {'U', 'T', 'C', 0};
  UCalendar *c = ucal_open(utc, 3, locale, UCAL_DEFAULT, &error);
  if (U_FAILURE(error)) return NULL;
  ucal_clear(c);
  return c;
}

static UCalendar *gregorian(void) {
  UCalendar *c = calendar("en@calendar=gregorian");
  if (c) {
    UErrorCode error = U_ZERO_ERROR;
    ucal_setGregorianChange(c, -1e300, &error);
  }
  return c;
}

static const char *islamic(int civil) {
  return civil ? "id@calendar=islamic-civil" : "id@calendar=islamic-umalqura";
}

int fk_islamic_to_gregorian(int civil, int year, int month, int day, int *gy, int *gm, int *gd) {
  UErrorCode error = U_ZERO_ERROR;
  UCalendar *from = calendar(islamic(civil)), *to = gregorian();
  int result = -1;
  if (from && to) {
    ucal_setAttribute(from, UCAL_LENIENT, 0);
    ucal_set(from, UCAL_YEAR, year);
    ucal_set(from, UCAL_MONTH, month - 1);
    ucal_set(from, UCAL_DATE, day);
    UDate at = ucal_getMillis(from, &error);
    ucal_setMillis(to, at, &error);
    *gy = ucal_get(to, UCAL_EXTENDED_YEAR, &error);
    *gm = ucal_get(to, UCAL_MONTH, &error) + 1;
    *gd = ucal_get(to, UCAL_DATE, &error);
    if (U_SUCCESS(error)) result = 0;
  }
  if (from) ucal_close(from);
  if (to) ucal_close(to);
  return result;
}

int fk_chinese_to_gregorian(int gy, int month, int day, int *om, int *od) {
  UErrorCode error = U_ZERO_ERROR;
  UCalendar *chinese = calendar("zh@calendar=chinese"), *plain = gregorian();
  int result = -1;
  if (chinese && plain) {
    /* The Chinese year whose new year falls in gy has the extended year gy + 2637 in ICU's count. */
    ucal_set(chinese, UCAL_EXTENDED_YEAR, gy + 2637);
    ucal_set(chinese, UCAL_MONTH, month - 1);
    ucal_set(chinese, UCAL_DATE, day);
    UDate at = ucal_getMillis(chinese, &error);
    ucal_setMillis(plain, at, &error);
    int year = ucal_get(plain, UCAL_EXTENDED_YEAR, &error);
    *om = ucal_get(plain, UCAL_MONTH, &error) + 1;
    *od = ucal_get(plain, UCAL_DATE, &error);
    if (U_SUCCESS(error) && year == gy) result = 0;
  }
  if (chinese) ucal_close(chinese);
  if (plain) ucal_close(plain);
  return result;
}

int fk_weekday(int gy, int gm, int gd) {
  UErrorCode error = U_ZERO_ERROR;
  UCalendar *c = gregorian();
  if (!c) return -1;
  ucal_set(c, UCAL_EXTENDED_YEAR, gy);
  ucal_set(c, UCAL_MONTH, gm - 1);
  ucal_set(c, UCAL_DATE, gd);
  int day = ucal_get(c, UCAL_DAY_OF_WEEK, &error); /* 1 = Sunday */
  ucal_close(c);
  return U_FAILURE(error) ? -1 : day == 1 ? 7 : day - 1;
}

FkNumberFormat *fk_number_format_open(int kind, const char *locale) {
  UErrorCode error = U_ZERO_ERROR;
  UNumberFormat *format = unum_open(kind == 0 ? UNUM_SPELLOUT : UNUM_DECIMAL, NULL, 0, locale, NULL, &error);
  if (U_FAILURE(error)) return NULL;
  unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, 15);
  return (FkNumberFormat *)format;
}

void fk_number_format_close(FkNumberFormat *f) { unum_close((UNumberFormat *)f); }

int64_t fk_number_format(FkNumberFormat *f, const char *decimal, char *out, int64_t cap) {
  UErrorCode error = U_ZERO_ERROR;
  UChar buffer[512];
  int32_t n = unum_formatDecimal((UNumberFormat *)f, decimal, (int32_t)strlen(decimal), buffer, 512, NULL, &error);
  int32_t written = 0;
  u_strToUTF8(out, (int32_t)cap, &written, buffer, n, &error);
  return U_FAILURE(error) ? -1 : written;
}

int fk_cell_width(uint32_t scalar) {
  int type = u_charType((UChar32)scalar);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || type == U_CONTROL_CHAR) return 0;
  int width = u_getIntPropertyValue((UChar32)scalar, UCHAR_EAST_ASIAN_WIDTH);
  if (width == U_EA_FULLWIDTH || width == U_EA_WIDE) return 2;
  return 1;
}

const char *fk_icu_version(void) { return U_ICU_VERSION; }
