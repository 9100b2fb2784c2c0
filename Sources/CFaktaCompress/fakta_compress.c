#include "fakta_compress.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

int fk_compression_of(const uint8_t *bytes, size_t count) {
  if (count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8) return FK_GZIP;
  if (count >= 4 && bytes[0] == 0x28 && bytes[1] == 0xB5 && bytes[2] == 0x2F && bytes[3] == 0xFD) return FK_ZSTD;
  /* A zstd stream may begin with a skippable frame. */
  if (count >= 4 && (bytes[0] & 0xF0) == 0x50 && bytes[1] == 0x2A && bytes[2] == 0x4D && bytes[3] == 0x18)
    return FK_ZSTD;
  return FK_PLAIN;
}

static uInt clamp(size_t count) { return count > INT_MAX ? (uInt)INT_MAX : (uInt)count; }

struct FkDecompressor {
  int format;
  int inside;  /* a member or frame has begun and not ended */
  int started; /* something was read at all */
  int padding; /* gzip: only NUL bytes may follow */
  int broken;  /* the error that ended the stream */
  z_stream gzip;
  ZSTD_DStream *zstd;
};

FkDecompressor *fk_decompressor_open(int format) {
  FkDecompressor *d = calloc(1, sizeof *d);
  if (d == NULL) return NULL;
  d->format = format;
  if (format == FK_GZIP && inflateInit2(&d->gzip, 15 + 16) == Z_OK) return d;
  if (format == FK_ZSTD && (d->zstd = ZSTD_createDStream()) != NULL) return d;
  free(d);
  return NULL;
}

void fk_decompressor_close(FkDecompressor *d) {
  if (d == NULL) return;
  if (d->format == FK_GZIP) inflateEnd(&d->gzip);
  ZSTD_freeDStream(d->zstd);
  free(d);
}

static int run_gzip(FkDecompressor *d, const uint8_t *input, size_t input_count, size_t *consumed, uint8_t *output,
                    size_t capacity, size_t *written) {
  while (*consumed < input_count) {
    if (!d->inside) {
      /* Between members: the next one, or the NUL padding of a tape block. */
      if (d->started && input[*consumed] == 0) {
        d->padding = 1;
        ++*consumed;
        continue;
      }
      if (d->padding) return FK_CORRUPT;
      if (inflateReset(&d->gzip) != Z_OK) return FK_CORRUPT;
      d->inside = 1;
      d->started = 1;
    }
    if (*written == capacity) return FK_OK;
    d->gzip.next_in = (Bytef *)(uintptr_t)(input + *consumed);
    d->gzip.avail_in = clamp(input_count - *consumed);
    d->gzip.next_out = output + *written;
    d->gzip.avail_out = clamp(capacity - *written);
    uInt in_before = d->gzip.avail_in, out_before = d->gzip.avail_out;
    int status = inflate(&d->gzip, Z_NO_FLUSH);
    *consumed += in_before - d->gzip.avail_in;
    *written += out_before - d->gzip.avail_out;
    if (status == Z_STREAM_END) {
      d->inside = 0;
      continue;
    }
    if (status == Z_MEM_ERROR) return FK_NO_MEMORY;
    if (status == Z_BUF_ERROR) return FK_OK;
    if (status != Z_OK) return FK_CORRUPT;
  }
  /* Input is used up, but the decoder may still hold output. */
  while (d->inside && *written < capacity) {
    d->gzip.next_in = (Bytef *)(uintptr_t)input;
    d->gzip.avail_in = 0;
    d->gzip.next_out = output + *written;
    d->gzip.avail_out = clamp(capacity - *written);
    uInt out_before = d->gzip.avail_out;
    int status = inflate(&d->gzip, Z_NO_FLUSH);
    *written += out_before - d->gzip.avail_out;
    if (status == Z_STREAM_END) d->inside = 0;
    if (status == Z_BUF_ERROR || out_before == d->gzip.avail_out) break;
    if (status != Z_OK && status != Z_STREAM_END) return FK_CORRUPT;
  }
  return FK_OK;
}

static int zstd_error(size_t code) {
  switch (ZSTD_getErrorCode(code)) {
    case ZSTD_error_memory_allocation: return FK_NO_MEMORY;
    case ZSTD_error_frameParameter_windowTooLarge: return FK_WINDOW;
    default: return FK_CORRUPT;
  }
}

static int run_zstd(FkDecompressor *d, const uint8_t *input, size_t input_count, size_t *consumed, uint8_t *output,
                    size_t capacity, size_t *written) {
  ZSTD_inBuffer in = {input, input_count, *consumed};
  ZSTD_outBuffer out = {output, capacity, *written};
  int status = FK_OK;
  while (out.pos < out.size) {
    size_t in_before = in.pos, out_before = out.pos;
    /* Without input only a frame that is open can give more. */
    if (in.pos == in.size && !d->inside) break;
    size_t hint = ZSTD_decompressStream(d->zstd, &out, &in);
    if (ZSTD_isError(hint)) {
      status = zstd_error(hint);
      break;
    }
    if (in.pos > in_before || out.pos > out_before) {
      d->inside = hint != 0;
      d->started = 1;
    } else {
      break;
    }
  }
  *consumed = in.pos;
  *written = out.pos;
  return status;
}

int fk_decompressor_run(FkDecompressor *d, const uint8_t *input, size_t input_count, size_t *consumed,
                        uint8_t *output, size_t capacity, size_t *written) {
  *consumed = 0;
  *written = 0;
  if (d->broken) return d->broken;
  int status = d->format == FK_GZIP ? run_gzip(d, input, input_count, consumed, output, capacity, written)
                                    : run_zstd(d, input, input_count, consumed, output, capacity, written);
  d->broken = status;
  return status;
}

int fk_decompressor_end(const FkDecompressor *d) {
  if (d->broken) return d->broken;
  return d->inside ? FK_TRUNCATED : FK_OK;
}

struct FkCompressor {
  int format;
  int is_done;
  z_stream gzip;
  ZSTD_CStream *zstd;
};

FkCompressor *fk_compressor_open(int format, int level) {
  FkCompressor *c = calloc(1, sizeof *c);
  if (c == NULL) return NULL;
  c->format = format;
  if (format == FK_GZIP) {
    int usual = level == 0 ? Z_DEFAULT_COMPRESSION : level;
    if (deflateInit2(&c->gzip, usual, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK) return c;
  }
  if (format == FK_ZSTD && (c->zstd = ZSTD_createCStream()) != NULL) {
    int usual = level == 0 ? ZSTD_CLEVEL_DEFAULT : level;
    if (!ZSTD_isError(ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_compressionLevel, usual)) &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(c->zstd, ZSTD_c_checksumFlag, 1)))
      return c;
    ZSTD_freeCStream(c->zstd);
  }
  free(c);
  return NULL;
}

void fk_compressor_close(FkCompressor *c) {
  if (c == NULL) return;
  if (c->format == FK_GZIP) deflateEnd(&c->gzip);
  ZSTD_freeCStream(c->zstd);
  free(c);
}

int fk_compressor_run(FkCompressor *c, const uint8_t *input, size_t input_count, size_t *consumed, uint8_t *output,
                      size_t capacity, size_t *written, int is_last, int *is_done) {
  *consumed = 0;
  *written = 0;
  *is_done = c->is_done;
  if (c->is_done) return input_count > 0 ? FK_MISUSE : FK_OK;
  if (c->format == FK_GZIP) {
    uInt in_count = clamp(input_count);
    c->gzip.next_in = (Bytef *)(uintptr_t)input;
    c->gzip.avail_in = in_count;
    c->gzip.next_out = output;
    c->gzip.avail_out = clamp(capacity);
    int flush = is_last && in_count == input_count ? Z_FINISH : Z_NO_FLUSH;
    int status = deflate(&c->gzip, flush);
    *consumed = in_count - c->gzip.avail_in;
    *written = clamp(capacity) - c->gzip.avail_out;
    if (status == Z_STREAM_END) c->is_done = 1;
    if (status == Z_STREAM_ERROR) return FK_MISUSE;
  } else {
    ZSTD_inBuffer in = {input, input_count, 0};
    ZSTD_outBuffer out = {output, capacity, 0};
    size_t left = ZSTD_compressStream2(c->zstd, &out, &in, is_last ? ZSTD_e_end : ZSTD_e_continue);
    *consumed = in.pos;
    *written = out.pos;
    if (ZSTD_isError(left)) return zstd_error(left);
    if (is_last && left == 0) c->is_done = 1;
  }
  *is_done = c->is_done;
  return FK_OK;
}
