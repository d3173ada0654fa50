// DNS messages as glibc's ns_parse reads them, in structures without pointers of the caller's to follow.
#pragma once
#include <arpa/nameser.h>
#include <stdint.h>

enum { cresolv_longest_name = 253 };

/// A name: its labels with dots between them, in small letters, without a dot at the end; empty for the root.
/// `length` is -1 for a name that can't be written so: one with a dot or a NUL in a label.
struct cresolv_name {
  int16_t length;
  uint8_t bytes[cresolv_longest_name];
};

/// A message that was walked once from end to end; good for as long as its bytes are.
struct cresolv_message {
  ns_msg handle;
  /// Where the next question or record begins: an offset.
  uint32_t cursor;
  /// The header's second word: RFC 1035, 4.1.1.
  uint16_t flags;
  uint16_t questions;
  uint16_t answers;
  uint16_t authorities;
};

struct cresolv_question {
  struct cresolv_name name;
  uint16_t type;
  uint16_t class_number;
};

struct cresolv_record {
  struct cresolv_name owner;
  uint16_t type;
  uint16_t class_number;
  /// Zero when the message has one above 2^31 - 1 (RFC 2181, 8).
  uint32_t ttl;
  /// Where the data are: an offset, and how many bytes, which are all in the message.
  uint32_t start;
  uint16_t length;
};

/// Walks the whole message and stands before its first question: -1 when it is cut short, or has bytes behind its
/// last record.
int cresolv_open(const uint8_t *bytes, int count, struct cresolv_message *message);

/// The question before which the message stands, or -1; the caller counts how many there are.
int cresolv_next_question(struct cresolv_message *message, struct cresolv_question *question);

/// The record before which the message stands, or -1; the caller counts how many a section has.
int cresolv_next_record(struct cresolv_message *message, struct cresolv_record *record);

/// The name at an offset in a record's data: how many bytes it takes there, or -1 when it is no name or reaches
/// beyond the data.
int cresolv_name(const struct cresolv_message *message, const struct cresolv_record *record, int offset,
                 struct cresolv_name *name);
