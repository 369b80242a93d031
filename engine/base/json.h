// SPDX-License-Identifier: GPL-3.0-or-later
// Writing JSON (RFC 8259) into a buffer, in the order of the calls. Commas and indentation are kept
// here; texts are escaped, also U+2028 and U+2029; a number that is not finite becomes null.
// Reading is jansson's work, where it is needed.
#pragma once
#include "engine/base/str.h"

struct json {
    struct buf *out;
    int depth;
    bool first[64]; // per depth: nothing written yet
    bool flat[64];  // per depth: on one line
    bool keyed;     // a key was just written
    bool tight;     // set and cleared by the caller: no blanks, for lists of many rows
};

void json_start(struct json *j, struct buf *out);
void json_open(struct json *j, char bracket,
               bool flat);                     // '{' or '['; flat: its content on one line
void json_close(struct json *j, char bracket); // '}' or ']'
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *text); // NULL: null
void json_str(struct json *j, struct str text);
void json_number(struct json *j, double value); // 17 significant digits at most, no -0
void json_int(struct json *j, int64_t value);
void json_bool(struct json *j, bool value);
// key and value in one call
void json_key_text(struct json *j, const char *key, const char *text);
void json_key_number(struct json *j, const char *key, double value);
void json_key_int(struct json *j, const char *key, int64_t value);
