#include "ctoml.h"

// toml++ 3.3 asserts in its parser what a wrong document breaks ("[ =a]"): that shall end the parsing, not us.
struct broken_assumption {};
#define TOML_ASSERT(expression) static_cast<void>((expression) ? 0 : throw broken_assumption{})

// Errors come back as values, not as exceptions.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <new>
#include <string>
#include <string_view>
#include <vector>

struct ctoml_document {
  toml::parse_result result;
  std::vector<ctoml_value> values;
  std::string error;
  uint32_t error_line = 0;
};

namespace {

ctoml_type type_of(const toml::node &node) {
  switch (node.type()) {
  case toml::node_type::table: return CTOML_TABLE;
  case toml::node_type::array: return CTOML_ARRAY;
  case toml::node_type::string: return CTOML_STRING;
  case toml::node_type::integer: return CTOML_INTEGER;
  case toml::node_type::floating_point: return CTOML_FLOAT;
  case toml::node_type::boolean: return CTOML_BOOLEAN;
  default: return CTOML_DATE_OR_TIME;
  }
}

ctoml_value describe(const toml::node &node, ptrdiff_t parent) {
  ctoml_value value = {};
  value.parent = parent;
  value.type = type_of(node);
  value.line = node.source().begin.line;
  if (const auto *text = node.as_string()) {
    value.text = text->get().data();
    value.text_length = text->get().size();
  } else if (const auto *integer = node.as_integer()) {
    value.integer = integer->get();
  } else if (const auto *boolean = node.as_boolean()) {
    value.boolean = boolean->get();
  }
  return value;
}

void append(std::vector<ctoml_value> &values, const ctoml_value &value, const toml::node &node);

void append_members(std::vector<ctoml_value> &values, const toml::table &table, ptrdiff_t parent) {
  for (const auto &[key, node] : table) {
    ctoml_value value = describe(node, parent);
    value.key = key.str().data();
    value.key_length = key.str().size();
    if (key.source().begin.line != 0) value.line = key.source().begin.line;
    append(values, value, node);
  }
}

// Recursion is as deep as the document is nested, which toml++ bounds (TOML_MAX_NESTED_VALUES).
void append(std::vector<ctoml_value> &values, const ctoml_value &value, const toml::node &node) {
  const auto index = static_cast<ptrdiff_t>(values.size());
  values.push_back(value);
  if (const auto *table = node.as_table()) {
    append_members(values, *table, index);
  } else if (const auto *array = node.as_array()) {
    for (const auto &item : *array) append(values, describe(item, index), item);
  }
}

bool breaks_assumption(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
    return false;
  } catch (const broken_assumption &) {
    return true;
  }
}

// The parser reads from top to bottom, so the first line that breaks it is found by halving.
uint32_t line_that_breaks(std::string_view text) {
  std::vector<size_t> ends;
  for (size_t at = 0; (at = text.find('\n', at)) != text.npos; ++at) ends.push_back(at + 1);
  const auto first = std::partition_point(
      ends.begin(), ends.end(), [=](size_t end) { return !breaks_assumption(text.substr(0, end)); });
  return static_cast<uint32_t>(first - ends.begin()) + 1;
}

} // namespace

// toml++ throws nothing itself, but the standard library may be out of memory: exceptions end here.

ctoml_document *ctoml_parse(const char *bytes, size_t length) {
  ctoml_document *document = nullptr;
  try {
    document = new ctoml_document{toml::parse(std::string_view(bytes, length)), {}, {}};
    if (document->result.failed()) {
      document->error = document->result.error().description();
      document->error_line = document->result.error().source().begin.line;
    } else {
      append_members(document->values, document->result.table(), -1);
    }
    return document;
  } catch (const broken_assumption &) {
    document = new ctoml_document{toml::parse(std::string_view()), {}, "this is no TOML"};
    document->error_line = line_that_breaks(std::string_view(bytes, length));
    return document;
  } catch (...) {
    delete document;
    return nullptr;
  }
}

const char *ctoml_error(const ctoml_document *document, uint32_t *line) {
  if (!document->result.failed() && document->error.empty()) return nullptr;
  *line = document->error_line;
  return document->error.c_str();
}

size_t ctoml_count(const ctoml_document *document) { return document->values.size(); }

ctoml_value ctoml_at(const ctoml_document *document, size_t index) { return document->values[index]; }

void ctoml_free(ctoml_document *document) { delete document; }
