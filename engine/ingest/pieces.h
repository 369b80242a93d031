// SPDX-License-Identifier: GPL-3.0-or-later
// A file cut into pieces of whole records, so that several threads can read it. One thread opens,
// unpacks, decodes and cuts; the others turn pieces into blocks, in any order, each into a state
// and a ledger of its own, which are added up in the end.
//
// A piece ends at a line end with an even number of quotes before it, where a record ends unless
// quotes are damaged. Whatever is not quite in order (a message of any kind, a record open at the
// end of a piece) makes these functions give up: PIECES_NO. Nothing has then been said or counted
// that matters, and the files are to be read by input_read, which says what is wrong.
#pragma once
#include "engine/ingest/files.h"
#include "engine/ingest/reader.h"

enum pieces { PIECES_OK, PIECES_NO };
enum { PIECE_BYTES = 1 << 20 };

struct cutter; // a file that is cut
struct piece { // zeroed = empty; may be used again and again
    const struct cutter *cutter;
    struct buf text;
    int64_t line; // lines before it
    bool after_blank;
};

// The file is added to the ledger. NULL: it cannot be cut.
struct cutter *cutter_open(const struct request *request, const struct found_file *file,
                           struct ledger *ledger);
// The next piece of about `bytes`; *more false: there is none.
MUST_CHECK enum pieces cutter_next(struct cutter *c, size_t bytes, struct piece *piece, bool *more);
void cutter_close(struct cutter *c);

struct piece_reader; // of one thread
// `request` and `places` are this thread's own and must stay; the files must stay open.
struct piece_reader *piece_reader_new(const struct request *request, struct places *places);
MUST_CHECK enum pieces piece_read(struct piece_reader *r, const struct piece *piece);
void piece_reader_free(struct piece_reader *r);

// After all pieces: adds what the readers counted to the ledger, in the order of the files, and
// what is to be noted of the files to the messages.
MUST_CHECK enum pieces pieces_count(struct ledger *ledger, struct piece_reader *const *readers,
                                    size_t reader_count, struct cutter *const *cutters,
                                    size_t cutter_count, struct diags *d);
