// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the data files of the bundled study: the same bytes on every run. The study file, its
// README and the action plan are written by hand. Usage: generate FOLDER
#include "datasets/west.h"

#include "engine/base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zstd.h>

const char *const region_ids[REGIONS] = {"MB", "SK", "AB", "BC"};

int32_t quarter_first(int quarter)
{
    int month = 4 + quarter % 4 * 3, year = FIRST_YEAR + quarter / 4;
    return month > 12 ? cal_days(year + 1, month - 12, 1) : cal_days(year, month, 1);
}

int32_t quarter_last(int quarter)
{
    return quarter_first(quarter + 1) - 1;
}

void put_quarter(struct buf *out, int quarter)
{
    int year = FIRST_YEAR + quarter / 4;
    buf_print(out, "%d-%02d Q%d", year, (year + 1) % 100, quarter % 4 + 1);
}

void put_day(struct buf *out, int32_t day)
{
    int year, month, of_month;
    cal_date(day, &year, &month, &of_month);
    buf_print(out, "%04d-%02d-%02d", year, month, of_month);
}

static bool ends_in(const char *name, const char *end)
{
    size_t len = strlen(name), tail = strlen(end);
    return len >= tail && strcmp(name + len - tail, end) == 0;
}

static bool write_bytes(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    bool whole = file_write_all(fd, bytes, len) == 0;
    return close(fd) == 0 && whole;
}

static void write_file(struct sink *sink, const char *name, struct str bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", sink->folder, name);
    bool done;
    if (ends_in(name, ".zst")) {
        size_t room = ZSTD_compressBound(bytes.len);
        char *packed = mem_new(room, 1);
        size_t len = ZSTD_compress(packed, room, bytes.ptr, bytes.len, 19);
        done = !ZSTD_isError(len) && write_bytes(path, packed, len);
        mem_free(packed);
    } else {
        done = write_bytes(path, bytes.ptr, bytes.len);
    }
    if (!done) {
        fprintf(stderr, "generate: cannot write %s\n", path);
        sink->failed = 1;
    }
}

int main(int count, char **words)
{
    if (count != 2) {
        fputs("usage: generate FOLDER\n", stderr);
        return 64;
    }
    struct sink sink = {write_file, words[1], 0};
    west_survey(&sink);
    west_contacts(&sink);
    west_calls(&sink);
    west_services(&sink);
    west_standards(&sink);
    west_market(&sink);
    return sink.failed ? 73 : 0;
}
