// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a run: what `etalon partial` writes of some files and `etalon merge` finishes. Of files
// with one row per contact a part holds the state they add up to; of all others, which are small,
// it holds the bytes. The parts of a study, in any order, give what a run over all files gives.
#pragma once
#include "engine/ingest/shelf.h"
#include "metrics/contacts.h"

struct part_file { // held whole
    const char *name;
    struct str bytes;
};

struct part_count { // whose rows are in the contacts
    const char *name;
    uint16_t activity;
    uint32_t file;         // in the ledger
    size_t first, columns; // its columns there
};

struct part {
    const char *path; // of the part, for messages
    char sha256[65];  // of its content
    struct arena arena;
    VEC(struct part_file) files;
    VEC(struct part_count) counts;
    struct ledger ledger; // of `counts`; paths and inputs are not set
    uint32_t *number;     // of each of its files in the ledger of the run
    struct places places;
    struct contacts contacts;
};

struct parts {
    struct part *list; // by content
    size_t count;
    struct shelf shelf;
    VEC(struct buf) handed; // parts of other processes, as bytes
};

// Places and contacts of the part are to be started before part_read.
void part_start(struct part *p, const struct study *s);
void part_free(struct part *p);
// `version`: of the program; a part is for one version and one study.
void part_pack(struct buf *out, struct part *p, const struct study *s, const char *version);
MUST_CHECK enum status part_write(const char *path, struct part *p, const struct study *s,
                                  const char *version, struct diags *d);
MUST_CHECK enum status part_read(struct part *p, const char *path, const struct study *s,
                                 const char *version, struct diags *d);
// The same from bytes, which must stay.
MUST_CHECK enum status part_take(struct part *p, struct str bytes, const struct study *s,
                                 const char *version, struct diags *d);

// Adds the bytes of a part, to be freed with the parts.
void parts_hand_over(struct parts *p, struct buf bytes);
// Reads all parts (files, and what was handed over) and sets study->shelf. FAIL_DATA when a file is
// in two of them.
MUST_CHECK enum status parts_open(struct parts *p, const struct texts *paths, struct study *s,
                                  const char *version, struct diags *d);
void parts_free(struct parts *p);
// What contacts_read does, from the parts: files and their counts into the ledger. The contacts
// themselves come once, after the last input.
MUST_CHECK enum status parts_count(struct parts *p, struct run *run, uint16_t activity);
MUST_CHECK enum status parts_contacts(struct parts *p, struct run *run, struct contacts *c);

// The state as bytes and back (contacts_pack.c).
void contacts_pack(struct buf *out, struct contacts *c);
struct unpack;
void contacts_unpack(struct unpack *u, struct contacts *c);
