// SPDX-License-Identifier: GPL-3.0-or-later
// YAML as far as a study needs it: one document of mappings, lists and scalars, each with its
// place. Scalars stay text: what a value means is decided by the key it belongs to, so `no`, `1.0`
// and `2003-04` are never turned into something else. Aliases are refused: nothing can expand.
#pragma once
#include "engine/base/err.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

enum { YAML_DEPTH = 100, YAML_BYTES = 4 << 20 };

struct yaml_node {
    enum yaml_kind kind;
    struct where where;     // of the value; lines and columns from 1, columns in characters
    const char *key;        // child of a mapping: its key; otherwise ""
    struct where key_where; // of the key; of the value where there is no key
    const char *text;       // of a scalar, without NUL bytes; "" for the others
    bool quoted;            // the scalar was written in quotes or as a block
    const struct yaml_node *first, *next; // children in the order of the file; the next sibling
    size_t count;                         // of children
};

// Reads one document. Every node lives in the arena. Errors are E0101 to E0103, each with its
// place; *root is NULL for a document without content.
MUST_CHECK enum status yaml_read(struct arena *a, const char *file, struct str bytes,
                                 const struct yaml_node **root, struct diags *d);
// The child of a mapping with this key, NULL when there is none.
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);
// A plain scalar with nothing in it (`key:`) or `~`.
bool yaml_is_empty(const struct yaml_node *node);
