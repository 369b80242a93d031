// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/num.h"
#include "engine/study/init.h"

#include <math.h>

void init_header(struct init_file *f, struct arena *a, const char *path, const struct str *names,
                 size_t count)
{
    *f = (struct init_file){path, NEWS(a, count + 1, struct init_column), count};
    for (size_t i = 0; i < count; i++)
        f->columns[i].name = arena_copy(a, names[i].ptr, names[i].len);
}

static void keep_value(struct init_column *c, struct arena *a, struct str value)
{
    for (size_t i = 0; i < c->value_count; i++)
        if (str_is(value, c->values[i]))
            return;
    c->many = c->many || c->value_count == INIT_VALUES;
    if (!c->many)
        c->values[c->value_count++] = arena_copy(a, value.ptr, value.len);
}

void init_row(struct init_file *f, struct arena *a, const struct str *fields, size_t count)
{
    for (size_t i = 0; i < count && i < f->count; i++) {
        struct init_column *c = &f->columns[i];
        struct str value = str_trim(fields[i]);
        struct decimal exact;
        double number;
        if (!value.len)
            continue;
        c->filled++;
        keep_value(c, a, value);
        if (num_read(value, '.', (struct str){0}, &exact, &number) == NUM_BAD)
            continue;
        c->low = c->numbers && c->low < number ? c->low : number;
        c->high = c->numbers && c->high > number ? c->high : number;
        c->numbers++;
        c->wholes += number == floor(number);
    }
}
