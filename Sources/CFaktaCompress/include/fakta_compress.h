/* gzip and zstd as streams: a piece in, a piece out. No type of zlib or zstd shows here. */
#ifndef FAKTA_COMPRESS_H
#define FAKTA_COMPRESS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define FK_NULLABLE _Nullable
#else
#define FK_NULLABLE
#endif

enum { FK_PLAIN = 0, FK_GZIP = 1, FK_ZSTD = 2 };

enum {
  FK_OK = 0,
  FK_TRUNCATED = -1, /* the input ends inside a member or frame */
  FK_CORRUPT = -2,   /* not the format, a wrong checksum, or something else behind the last member */
  FK_NO_MEMORY = -3,
  FK_WINDOW = -4, /* zstd: made with a window of more than 128 MiB (--long, --ultra) */
  FK_MISUSE = -5  /* called after the end */
};

/* The format that the first bytes of a stream announce; 4 bytes are enough. */
int fk_compression_of(const uint8_t *bytes, size_t count);

typedef struct FkDecompressor FkDecompressor;

/* Returns NULL without memory or for FK_PLAIN. */
FkDecompressor *FK_NULLABLE fk_decompressor_open(int format);
void fk_decompressor_close(FkDecompressor *FK_NULLABLE stream);

/* Decompresses from `input` into `output`; both may be used up only in part. Members and frames that follow each
 * other are one stream. Returns FK_OK or an error; after an error the bytes in `*written` are still good. Call it
 * again while it consumes or writes anything. */
int fk_decompressor_run(FkDecompressor *stream, const uint8_t *input, size_t input_count, size_t *consumed,
                        uint8_t *output, size_t capacity, size_t *written);

/* To be called when there is no more input and `run` writes nothing more: FK_OK or FK_TRUNCATED. */
int fk_decompressor_end(const FkDecompressor *stream);

typedef struct FkCompressor FkCompressor;

/* `level` 0 is the usual level of the format. Output is a function of the input alone: no time stamp, no name. */
FkCompressor *FK_NULLABLE fk_compressor_open(int format, int level);
void fk_compressor_close(FkCompressor *FK_NULLABLE stream);

/* Compresses from `input` into `output`. With `is_last`, call it again with the rest of the input until `*is_done`
 * is set. */
int fk_compressor_run(FkCompressor *stream, const uint8_t *input, size_t input_count, size_t *consumed,
                      uint8_t *output, size_t capacity, size_t *written, int is_last, int *is_done);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
