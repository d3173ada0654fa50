// toml++ behind a C interface: a document as a flat list of its values, each with its line.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctoml_document ctoml_document;

typedef enum ctoml_type {
  CTOML_TABLE,
  CTOML_ARRAY,
  CTOML_STRING,
  CTOML_INTEGER,
  CTOML_FLOAT,
  CTOML_BOOLEAN,
  CTOML_DATE_OR_TIME,
} ctoml_type;

/// One value. The pointers are the document's and live as long as it does.
typedef struct ctoml_value {
  /// The index of the table or array that this value stands in; -1 for those of the root table.
  ptrdiff_t parent;
  /// The key in the parent table; NULL in an array. Not terminated: a key may hold a NUL.
  const char *key;
  size_t key_length;
  ctoml_type type;
  /// Where the key, or an array's item, begins. 0 when unknown.
  uint32_t line;
  /// The text of a string. Not terminated.
  const char *text;
  size_t text_length;
  int64_t integer;
  bool boolean;
} ctoml_value;

/// Reads `length` bytes of TOML. NULL only when memory is out; a syntax error is in the document.
ctoml_document *ctoml_parse(const char *bytes, size_t length);

/// What is wrong with the syntax, terminated; NULL when nothing is. Such a document has no values.
const char *ctoml_error(const ctoml_document *document, uint32_t *line);

size_t ctoml_count(const ctoml_document *document);

/// The value at `index`, below the count. A parent's index is lower than those of what it holds.
ctoml_value ctoml_at(const ctoml_document *document, size_t index);

void ctoml_free(ctoml_document *document);

#ifdef __cplusplus
}
#endif
