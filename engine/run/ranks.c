// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/ranks.h"

#ifdef ETALON_MPI
#include <mpi.h>

enum { PIECE = 1 << 30 }; // MPI counts in int

void ranks_start(void)
{
    MPI_Init(NULL, NULL);
}

void ranks_end(void)
{
    MPI_Finalize();
}

int ranks_count(void)
{
    int count = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    return count;
}

int ranks_number(void)
{
    int number = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &number);
    return number;
}

static int piece_at(size_t at, size_t len)
{
    return len - at < PIECE ? (int)(len - at) : PIECE;
}

static void send(struct str mine)
{
    uint64_t len = mine.len;
    MPI_Send(&len, 1, MPI_UINT64_T, 0, 0, MPI_COMM_WORLD);
    for (size_t at = 0; at < mine.len; at += PIECE)
        MPI_Send(mine.ptr + at, piece_at(at, mine.len), MPI_BYTE, 0, 1, MPI_COMM_WORLD);
}

static void receive(int from, struct buf *out)
{
    uint64_t len = 0;
    MPI_Recv(&len, 1, MPI_UINT64_T, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    *out = (struct buf){mem_new(len + 1, 1), len, len + 1};
    for (size_t at = 0; at < len; at += PIECE)
        MPI_Recv(out->ptr + at, piece_at(at, len), MPI_BYTE, from, 1, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
}

void ranks_gather(struct str mine, void (*take)(void *context, struct buf theirs), void *context)
{
    if (ranks_number() > 0) {
        send(mine);
        return;
    }
    for (int from = 1; from < ranks_count(); from++) {
        struct buf theirs;
        receive(from, &theirs);
        take(context, theirs);
    }
}

#else

void ranks_start(void)
{
}

void ranks_end(void)
{
}

int ranks_count(void)
{
    return 1;
}

int ranks_number(void)
{
    return 0;
}

void ranks_gather(struct str mine, void (*take)(void *context, struct buf theirs), void *context)
{
    (void)mine;
    (void)take;
    (void)context;
}
#endif
