// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/num.h"
#include "engine/report/escape.h"
#include "engine/report/fields.h"

#include <math.h>

static void separate(struct fields *f)
{
    if (f->started)
        buf_char(f->out, ',');
    f->started = true;
}

static void csv_name(struct fields *f, const char *name, const char *value)
{
    (void)value;
    separate(f);
    escape_csv(f->out, str_of(name));
}

static void csv_name_number(struct fields *f, const char *name, double value)
{
    (void)value;
    csv_name(f, name, NULL);
}

static void csv_name_flag(struct fields *f, const char *name, bool known, bool value)
{
    (void)known, (void)value;
    csv_name(f, name, NULL);
}

struct fields fields_csv_head(struct buf *out)
{
    return (struct fields){
        .text = csv_name, .number = csv_name_number, .flag = csv_name_flag, .out = out};
}

static void csv_text(struct fields *f, const char *name, const char *value)
{
    (void)name;
    separate(f);
    escape_csv(f->out, str_of(value));
}

static void csv_number(struct fields *f, const char *name, double value)
{
    char digits[NUM_TEXT];
    (void)name;
    separate(f);
    if (!f->hidden && num_text(value, digits))
        buf_text(f->out, digits);
}

static void csv_flag(struct fields *f, const char *name, bool known, bool value)
{
    csv_text(f, name, !known ? "" : value ? "true" : "false");
}

struct fields fields_csv_row(struct buf *out)
{
    return (struct fields){.text = csv_text, .number = csv_number, .flag = csv_flag, .out = out};
}

void fields_csv_end(struct fields *f)
{
    buf_char(f->out, '\n');
    f->started = false;
}

static void json_name(struct fields *f, const char *name, const char *value)
{
    (void)value;
    json_text(f->json, name);
}

static void json_name_number(struct fields *f, const char *name, double value)
{
    (void)value;
    json_text(f->json, name);
}

static void json_name_flag(struct fields *f, const char *name, bool known, bool value)
{
    (void)known, (void)value;
    json_text(f->json, name);
}

struct fields fields_json_head(struct json *j)
{
    return (struct fields){.text = json_name,
                           .number = json_name_number,
                           .flag = json_name_flag,
                           .json = j,
                           .whole = true};
}

static void json_field_text(struct fields *f, const char *name, const char *value)
{
    (void)name;
    json_text(f->json, value ? value : "");
}

static void json_field_number(struct fields *f, const char *name, double value)
{
    (void)name;
    json_number(f->json, f->hidden ? NAN : value);
}

static void json_field_flag(struct fields *f, const char *name, bool known, bool value)
{
    (void)name;
    if (known)
        json_bool(f->json, value);
    else
        json_text(f->json, NULL);
}

struct fields fields_json_row(struct json *j)
{
    return (struct fields){.text = json_field_text,
                           .number = json_field_number,
                           .flag = json_field_flag,
                           .json = j,
                           .whole = true};
}
