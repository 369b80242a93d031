// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/sav_child.h"

#ifdef ETALON_SAV

#include "engine/base/cal.h"
#include "engine/base/file.h"

#include <errno.h>
#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS_BLOCK = 1 << 16, SECONDS_A_DAY = 86400 };
// From 14 October 1582, where SPSS counts seconds from, to 1 January 1970.
enum { EPOCH_DAYS = 141428 };
enum look { LOOK_NUMBER, LOOK_DATE, LOOK_DATE_TIME };

struct kept { // a variable
    enum look look;
};

struct table {
    off_t at; // of the file
    struct buf header, rows;
    VEC(struct kept) variables;
    bool headed;
    bool lost;
};

// ---- the file, by position: its descriptor is shared with the parent

static int file_open(const char *path, void *context)
{
    (void)path, (void)context;
    return 0;
}

static int file_close(void *context)
{
    (void)context;
    return 0;
}

static readstat_off_t file_seek(readstat_off_t offset, readstat_io_flags_t whence, void *context)
{
    off_t *at = context;
    struct stat st;
    if (fstat(SAV_FILE, &st) != 0)
        return -1;
    off_t base = whence == READSTAT_SEEK_SET ? 0 : whence == READSTAT_SEEK_CUR ? *at : st.st_size;
    if (offset < -base)
        return -1;
    return *at = base + offset;
}

static ssize_t file_get(void *out, size_t count, void *context)
{
    off_t *at = context;
    ssize_t got;
    do
        got = pread(SAV_FILE, out, count, *at);
    while (got < 0 && errno == EINTR);
    *at += got > 0 ? got : 0;
    return got;
}

static readstat_error_t file_update(long size, readstat_progress_handler progress, void *user,
                                    void *context)
{
    (void)size, (void)progress, (void)user, (void)context;
    return READSTAT_OK;
}

// ---- variables

static void put_text(struct buf *out, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    while (len && text[len - 1] == ' ')
        len--;
    buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            buf_char(out, '"');
        buf_char(out, text[i]);
    }
    buf_char(out, '"');
}

static enum look look_of(const char *format)
{
    static const struct {
        const char *start;
        enum look look;
    } looks[] = {{"DATETIME", LOOK_DATE_TIME}, {"YMDHMS", LOOK_DATE_TIME}, {"DATE", LOOK_DATE},
                 {"ADATE", LOOK_DATE},         {"EDATE", LOOK_DATE},       {"JDATE", LOOK_DATE},
                 {"SDATE", LOOK_DATE},         {"QYR", LOOK_DATE},         {"MOYR", LOOK_DATE},
                 {"WKYR", LOOK_DATE}};
    for (size_t i = 0; format && i < sizeof looks / sizeof *looks; i++)
        if (!strncasecmp(format, looks[i].start, strlen(looks[i].start)))
            return looks[i].look;
    return LOOK_NUMBER;
}

static void tell_missing(const readstat_variable_t *variable)
{
    if (readstat_variable_get_type_class(variable) != READSTAT_TYPE_CLASS_NUMERIC)
        return;
    for (int i = 0; i < readstat_variable_get_missing_ranges_count(variable); i++) {
        struct buf line = {0};
        buf_print(&line, "%s\t%.17g\t%.17g\n", readstat_variable_get_name(variable),
                  readstat_double_value(readstat_variable_get_missing_range_lo(variable, i)),
                  readstat_double_value(readstat_variable_get_missing_range_hi(variable, i)));
        (void)!file_write_all(SAV_NOTES, line.ptr, line.len);
        buf_free(&line);
    }
}

static int take_variable(int index, readstat_variable_t *variable, const char *labels,
                         void *context)
{
    struct table *t = context;
    (void)labels;
    if (index)
        buf_char(&t->header, ',');
    put_text(&t->header, readstat_variable_get_name(variable));
    vec_push(&t->variables, ((struct kept){look_of(readstat_variable_get_format(variable))}));
    tell_missing(variable);
    return READSTAT_HANDLER_OK;
}

// ---- values

// The shortest digits that give the same number: what was typed, where it was typed.
static void put_number(struct buf *out, double value)
{
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_text(out, text);
}

static void put_moment(struct buf *out, double seconds, bool with_time)
{
    double days = floor(seconds / SECONDS_A_DAY);
    if (!(fabs(days) < 4000000)) { // no date of any calendar in use
        put_number(out, seconds);
        return;
    }
    int year, month, day, rest = (int)(seconds - days * SECONDS_A_DAY);
    cal_date((int32_t)days - EPOCH_DAYS, &year, &month, &day);
    buf_print(out, "%04d-%02d-%02d", year, month, day);
    if (with_time)
        buf_print(out, " %02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
}

static void put_value(struct buf *out, enum look look, readstat_value_t value)
{
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        put_text(out, readstat_string_value(value));
        return;
    }
    double number = readstat_double_value(value);
    if (readstat_value_is_system_missing(value) || !isfinite(number))
        return;
    if (look == LOOK_NUMBER)
        put_number(out, number);
    else
        put_moment(out, number, look == LOOK_DATE_TIME);
}

static bool send_rows(struct table *t)
{
    t->lost = t->lost || file_write_all(SAV_ROWS, t->rows.ptr, t->rows.len) != 0;
    buf_clear(&t->rows);
    return !t->lost;
}

static bool send_header(struct table *t)
{
    t->headed = true;
    close(SAV_NOTES);
    buf_char(&t->header, '\n');
    buf_str(&t->rows, buf_view(&t->header));
    return send_rows(t);
}

static int take_value(int row, readstat_variable_t *variable, readstat_value_t value, void *context)
{
    struct table *t = context;
    size_t index = (size_t)readstat_variable_get_index(variable);
    (void)row;
    if (!t->headed && !send_header(t))
        return READSTAT_HANDLER_ABORT;
    put_value(&t->rows, t->variables.at[index].look, value);
    bool last = index + 1 == t->variables.len;
    buf_char(&t->rows, last ? '\n' : ',');
    return t->rows.len < ROWS_BLOCK || !last || send_rows(t) ? READSTAT_HANDLER_OK
                                                             : READSTAT_HANDLER_ABORT;
}

int sav_child(void)
{
    struct table t = {0};
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return READSTAT_ERROR_MALLOC;
    readstat_set_open_handler(parser, file_open);
    readstat_set_close_handler(parser, file_close);
    readstat_set_seek_handler(parser, file_seek);
    readstat_set_read_handler(parser, file_get);
    readstat_set_update_handler(parser, file_update);
    readstat_set_io_ctx(parser, &t.at);
    readstat_set_variable_handler(parser, take_variable);
    readstat_set_value_handler(parser, take_value);
    readstat_error_t error = readstat_parse_sav(parser, "", &t);
    readstat_parser_free(parser);
    if (t.lost)
        return SAV_LOST;
    if (error)
        return (int)error;
    bool sent = (t.headed || send_header(&t)) && send_rows(&t);
    return sent ? 0 : SAV_LOST;
}

const char *sav_child_words(int status)
{
    return status == SAV_LOST ? "its table could not be handed on"
                              : readstat_error_message((readstat_error_t)status);
}

bool sav_built(void)
{
    return true;
}

#else

int sav_child(void)
{
    return SAV_LOST;
}

const char *sav_child_words(int status)
{
    (void)status;
    return "";
}

bool sav_built(void)
{
    return false;
}

#endif
