#include "cresolv.h"

#include <resolv.h>
#include <string.h>

enum { question_tail = 4, record_tail = 10 };

// From length bytes to dots. What ns_name_unpack gives ends with a label of length zero, within 255 bytes.
static void flatten(const uint8_t *wire, struct cresolv_name *name) {
  int length = 0;
  while (*wire != 0) {
    int label = *wire++;
    if (length > 0) name->bytes[length++] = '.';
    for (; label > 0; label--) {
      uint8_t byte = *wire++;
      if (byte == '.' || byte == 0) {
        name->length = -1;
        return;
      }
      name->bytes[length++] = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
    }
  }
  name->length = (int16_t)length;
}

static int unpack(const ns_msg *handle, const uint8_t *start, struct cresolv_name *name) {
  uint8_t wire[NS_MAXCDNAME];
  int taken = ns_name_unpack(handle->_msg, handle->_eom, start, wire, sizeof wire);
  if (taken >= 0) flatten(wire, name);
  return taken;
}

int cresolv_open(const uint8_t *bytes, int count, struct cresolv_message *message) {
  memset(message, 0, sizeof *message);
  if (ns_initparse(bytes, count, &message->handle) != 0) return -1;
  message->cursor = NS_HFIXEDSZ;
  message->flags = message->handle._flags;
  message->questions = ns_msg_count(message->handle, ns_s_qd);
  message->answers = ns_msg_count(message->handle, ns_s_an);
  message->authorities = ns_msg_count(message->handle, ns_s_ns);
  return 0;
}

// Reads the name at the cursor; gives what follows it, of which `tail` bytes are there, or NULL.
static const uint8_t *take_name(struct cresolv_message *message, struct cresolv_name *name, int tail) {
  const uint8_t *start = ns_msg_base(message->handle) + message->cursor;
  int taken = unpack(&message->handle, start, name);
  if (taken < 0 || ns_msg_end(message->handle) - start < taken + tail) return NULL;
  message->cursor += taken + tail;
  return start + taken;
}

int cresolv_next_question(struct cresolv_message *message, struct cresolv_question *question) {
  const uint8_t *fields = take_name(message, &question->name, question_tail);
  if (fields == NULL) return -1;
  NS_GET16(question->type, fields);
  NS_GET16(question->class_number, fields);
  return 0;
}

int cresolv_next_record(struct cresolv_message *message, struct cresolv_record *record) {
  const uint8_t *fields = take_name(message, &record->owner, record_tail);
  if (fields == NULL) return -1;
  NS_GET16(record->type, fields);
  NS_GET16(record->class_number, fields);
  NS_GET32(record->ttl, fields);
  NS_GET16(record->length, fields);
  if (ns_msg_end(message->handle) - fields < record->length) return -1;
  if (record->ttl > INT32_MAX) record->ttl = 0;
  record->start = message->cursor;
  message->cursor += record->length;
  return 0;
}

int cresolv_name(const struct cresolv_message *message, const struct cresolv_record *record, int offset,
                 struct cresolv_name *name) {
  if (offset < 0 || offset >= record->length) return -1;
  int taken = unpack(&message->handle, ns_msg_base(message->handle) + record->start + offset, name);
  return taken > record->length - offset ? -1 : taken;
}
