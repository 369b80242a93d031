// SPDX-License-Identifier: GPL-3.0-or-later
// The writers: guarded results and the document in, bytes out. Each is a function of its arguments
// alone: no clock, no environment, no file.
#pragma once
#include "engine/base/outdir.h"
#include "engine/report/document.h"

struct setting { // an option of the command line that can change a result
    const char *name, *value;
};

struct edition {         // what the writers say about the run beside its results
    const char *program; // version, "1.0.0"
    const char *date;    // of publication, ISO 8601, "" = none is known
    const struct setting *settings;
    size_t setting_count;
    bool langs[LANG_COUNT]; // languages asked for
    // The page links to these, when it is written after them.
    const struct outfile *files;
    size_t file_count;
};

// Machine files: header first, LF, every digit; only rows of periods that the run reports on.
void write_indicators(struct buf *out, const struct results *r);
void write_comparisons(struct buf *out, const struct results *r); // withheld ones are left out
void write_tests(struct buf *out, const struct results *r);
void write_drivers(struct buf *out, const struct results *r);
// input,file,column,reason,count,role. Column empty: rows of the file (read, used, rejected,
// filtered, zero_weight, blank_line, then rejected ones by reason); else cells of the column by
// missing reason.
void write_quality(struct buf *out, const struct results *r);
// file,line,column,reason,text,note. text: at most 80 characters, controls as \xNN; for people.
void write_rejects(struct buf *out, const struct results *r);

// Schema 2. Study, period, date, indicators and items are objects; estimates, comparisons, tests,
// drivers and quality are listings: {"columns": [names], "rows": [[value, …], …]}, a row a line, in
// the columns of the CSV file and, for estimates, `decimals` and `reason`. No text is "", no number
// null. (Schema 1 had an object per row; it is still read.) In this order, so that who wants the
// estimates need not read on.
void write_snapshot(struct buf *out, const struct results *r, struct period period,
                    const struct edition *e);
// Lists every file put into the folder so far; so it is written last.
void write_manifest(struct buf *out, const struct results *r, const struct edition *e,
                    const struct outfile *files, size_t count);

void write_markdown(struct buf *out, const struct document *doc, const struct table *t,
                    enum lang lang);
void write_html(struct buf *out, const struct document *doc, enum lang lang,
                const struct edition *e);
// What a workbook consists of: of each kind, how much there is.
enum book_count {
    BOOK_SHEETS,
    BOOK_CELLS,
    BOOK_TEXTS, // different ones
    BOOK_BYTES, // of them
    BOOK_LINKS,
    BOOK_NAMES,
    BOOK_PARTS, // files in it that are declared
    BOOK_RELATIONS,
    BOOK_COUNTS,
};
struct book_counts {
    size_t of[BOOK_COUNTS];
};

// The workbook at `path`, a name in the folder that is being built; `folder` takes what the library
// sets aside while it writes. The only writer that makes files: the library can do no other.
// `made`: what was put into it. Not for two threads at once.
MUST_CHECK enum status write_xlsx(const char *path, const char *folder, const struct document *doc,
                                  enum lang lang, const struct edition *e, struct book_counts *made,
                                  struct diags *d);
// Are all parts of a workbook there and whole, and do they hold what was put into them? The library
// does not notice when a piece of one of its temporary files was not written: on a full disk it
// packs parts that lack some pages and reports success. So every part is unpacked and read.
bool xlsx_is_whole(struct str bytes, const struct book_counts *made);
