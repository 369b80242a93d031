// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/field.h"

#include "engine/base/utf8.h"

#include <strings.h>

static void add_codes(struct field *f, const struct missing_codes *codes, struct arena *a)
{
    for (int why = 1; codes && why < MISSING_COUNT; why++)
        for (size_t i = 0; i < codes->by[why].count; i++) {
            struct field_code *code = &f->codes[f->code_count++];
            code->text = utf8_nfc(a, utf8_trim(str_of(codes->by[why].at[i])));
            code->why = (enum missing)why;
            double value;
            code->numeric =
                num_read(code->text, f->mark, f->group, &code->number, &value) == NUM_OK;
            f->numeric_codes |= code->numeric;
            f->code_lengths |= (uint64_t)1 << (code->text.len < 63 ? code->text.len : 63);
        }
}

static size_t count_codes(const struct missing_codes *codes)
{
    size_t count = 0;
    for (int why = 1; codes && why < MISSING_COUNT; why++)
        count += codes->by[why].count;
    return count;
}

void field_prepare(struct field *f, const struct ask *ask, const struct dialect *dialect,
                   struct sav_ranges ranges, struct arena *a)
{
    size_t count = count_codes(ask->missing) + count_codes(ask->more_missing);
    *f = (struct field){.mark = dialect->decimal ? dialect->decimal : '.',
                        .group = str_of(dialect->group),
                        .date = dialect->date,
                        .administrative = ask->administrative,
                        .ranges = ranges,
                        .codes = NEWS(a, count + 1, struct field_code)};
    add_codes(f, ask->missing, a);
    add_codes(f, ask->more_missing, a);
    for (int digit = 0; digit < 10; digit++)
        f->digit[digit] = (uint8_t)field_missing_number(f, (struct decimal){digit, 0});
}

// The cell as text: a declared code, or nothing at all.
static enum missing missing_text(const struct field *f, struct str text)
{
    for (size_t i = 0; i < f->code_count; i++)
        if (str_same(f->codes[i].text, text))
            return f->codes[i].why;
    return text.len ? VALID : MISSING_BLANK;
}

enum missing field_missing_number(const struct field *f, struct decimal number)
{
    for (size_t i = 0; i < f->code_count; i++) {
        const struct field_code *code = &f->codes[i];
        if (code->numeric && code->number.mantissa == number.mantissa &&
            code->number.scale == number.scale)
            return code->why;
    }
    for (size_t i = 0; i < f->ranges.len; i++) {
        double value = decimal_value(number);
        if (value >= f->ranges.at[i].low && value <= f->ranges.at[i].high)
            return MISSING_BLANK;
    }
    return VALID;
}

// Marks of administrative files for "not reported" and "does not apply" (indicators.md 1.1).
static enum missing administrative_text(struct str text)
{
    static const struct {
        const char *text;
        enum missing why;
    } marks[] = {{"nd", MISSING_BLANK},
                 {"n.d.", MISSING_BLANK},
                 {"..", MISSING_BLANK},
                 {"x", MISSING_BLANK},
                 {"na", MISSING_NOT_APPLICABLE},
                 {"n/a", MISSING_NOT_APPLICABLE},
                 {"n.a.", MISSING_NOT_APPLICABLE},
                 {"s.o.", MISSING_NOT_APPLICABLE},
                 {"...", MISSING_NOT_APPLICABLE}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text.len == strlen(marks[i].text) && !strncasecmp(text.ptr, marks[i].text, text.len))
            return marks[i].why;
    return MISSING_BAD_TEXT;
}

// Up to 17 digits, perhaps with a mark among them: most cells of most files, without the detour of
// num_read over the nearest double. False: look closer.
static bool short_number(struct str text, char mark, struct decimal *out)
{
    int64_t value = 0;
    size_t marked = text.len;
    if (text.len == 0 || text.len > 17)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(unsigned char)text.ptr[i] - '0';
        if (digit <= 9)
            value = value * 10 + (int64_t)digit;
        else if (text.ptr[i] == mark && marked == text.len && i > 0)
            marked = i;
        else
            return false;
    }
    int scale = marked == text.len ? 0 : (int)(text.len - marked - 1);
    for (; scale > 0 && value % 10 == 0; scale--)
        value /= 10;
    *out = (struct decimal){value, scale};
    return true;
}

// No number begins with a letter.
bool field_may_be_missing(const struct field *f, struct str text)
{
    bool length = f->code_lengths >> (text.len < 63 ? text.len : 63) & 1;
    bool letter = text.len && ((text.ptr[0] | 0x20) >= 'a' && (text.ptr[0] | 0x20) <= 'z');
    return length || ((f->numeric_codes || f->ranges.len) && !letter);
}

enum missing field_number(const struct field *f, struct str text, struct decimal *out)
{
    struct str plain = str_trim(text);
    *out = (struct decimal){0, 0};
    if (short_number(plain, f->mark, out))
        return f->code_count || f->ranges.len ? field_missing_number(f, *out) : VALID;
    enum missing why = missing_text(f, utf8_trim(text));
    if (why)
        return why;
    double value = 0;
    enum num_read read = num_read(plain, f->mark, f->group, out, &value);
    if (read == NUM_BAD) {
        *out = (struct decimal){0, 0};
        return f->administrative ? administrative_text(plain) : MISSING_BAD_TEXT;
    }
    if (read == NUM_BIG)
        *out = decimal_of_real(value);
    return field_missing_number(f, *out);
}

static struct str nfc_if_needed(struct arena *scratch, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return utf8_nfc(scratch, text);
    return text;
}

// Codes are compared as texts and, where both are numbers, as numbers: 8 = 8.0.
static enum missing missing_code(const struct field *f, struct str text)
{
    enum missing why = missing_text(f, text);
    if (why || (!f->code_count && !f->ranges.len))
        return why;
    struct decimal number;
    double value;
    bool read = short_number(text, f->mark, &number) ||
                num_read(text, f->mark, f->group, &number, &value) == NUM_OK;
    return read ? field_missing_number(f, number) : VALID;
}

enum missing field_key(const struct field *f, struct str text, struct arena *a, struct str *key)
{
    *key = nfc_if_needed(a, utf8_trim(text));
    return missing_code(f, *key);
}

enum missing field_code(const struct field *f, struct str text, struct dict *dict, uint32_t *out)
{
    struct arena scratch = {0};
    struct str key;
    enum missing why = field_key(f, text, &scratch, &key);
    *out = why ? 0 : (uint32_t)dict_add(dict, key);
    if (scratch.head)
        arena_free(&scratch);
    return why;
}

enum missing field_date(const struct field *f, struct str text, int32_t *out)
{
    *out = INT32_MIN;
    enum missing why = missing_code(f, utf8_trim(text));
    if (why)
        return why;
    if (date_read(str_trim(text), f->date, out))
        return VALID;
    *out = INT32_MIN;
    return f->administrative ? administrative_text(str_trim(text)) : MISSING_BAD_TEXT;
}

enum missing field_flag(const struct field *f, struct str text, uint8_t *out)
{
    static const struct {
        const char *text;
        uint8_t value;
    } words[] = {{"1", 1},     {"0", 0},    {"y", 1},    {"n", 0},   {"yes", 1},
                 {"no", 0},    {"o", 1},    {"oui", 1},  {"non", 0}, {"true", 1},
                 {"false", 0}, {"vrai", 1}, {"faux", 0}, {"2", 0}};
    struct str word = utf8_trim(text);
    *out = 0;
    enum missing why = missing_code(f, word);
    if (why)
        return why;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.len == strlen(words[i].text) && !strncasecmp(word.ptr, words[i].text, word.len)) {
            *out = words[i].value;
            return VALID;
        }
    return f->administrative ? administrative_text(word) : MISSING_BAD_TEXT;
}
