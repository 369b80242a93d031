// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/arena.h"

#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CHUNK = 1 << 16, ALIGN = 16, EXIT_NO_MEMORY = 70 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    _Alignas(ALIGN) char data[];
};

#ifdef __GLIBC__
enum { AHEAD = 1 << 28 }; // bytes of addresses, which cost nothing until they are written to

void mem_start(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, 1 << 23);
    mallopt(M_ARENA_MAX, 1); // what one thread frees another may use
    char *from = sbrk(0);
    void *volatile block = malloc(AHEAD); // volatile: or the compiler leaves it out
    free(block);
    char *to = sbrk(0);
    size_t page = (size_t)sysconf(_SC_PAGESIZE), skip = (page - (uintptr_t)from % page) % page;
    if (to > from + skip) // pages of 2 MB where there are any: 500 times fewer to be asked for
        madvise(from + skip, (size_t)(to - from) - skip, MADV_HUGEPAGE);
}
#else
void mem_start(void)
{
}
#endif

void mem_none(void)
{
    fputs("etalon: error: out of memory [E0901]\n", stderr);
    exit(EXIT_NO_MEMORY);
}

static size_t product(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
        mem_none();
    return bytes;
}

static struct arena_chunk *chunk_new(size_t size)
{
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + size);
    if (!chunk)
        mem_none();
    chunk->size = size;
    return chunk;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
    size_t bytes = (product(count, size) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!a->head || a->head->size - a->head->used < bytes) {
        struct arena_chunk *chunk = chunk_new(bytes > CHUNK / 4 ? bytes : CHUNK);
        a->total += chunk->size;
        if (a->head && bytes > CHUNK / 4) { // a large piece must not waste what is left of the head
            chunk->next = a->head->next;
            a->head->next = chunk;
            chunk->used = bytes;
            return chunk->data;
        }
        chunk->next = a->head;
        a->head = chunk;
    }
    void *at = a->head->data + a->head->used;
    a->head->used += bytes;
    return at;
}

char *arena_copy(struct arena *a, const char *text, size_t len)
{
    char *copy = arena_alloc(a, len + 1, 1);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

char *arena_text(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}

char *arena_vprint(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_alloc(a, (size_t)(len < 0 ? 0 : len) + 1, 1);
    if (len > 0)
        vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(a, format, args);
    va_end(args);
    return text;
}

void arena_free(struct arena *a)
{
    for (struct arena_chunk *chunk = a->head, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    *a = (struct arena){0};
}

void arena_adopt(struct arena *into, struct arena *from)
{
    struct arena_chunk *last = from->head;
    while (last && last->next)
        last = last->next;
    if (last && into->head) { // behind the head, which still has room
        last->next = into->head->next;
        into->head->next = from->head;
    } else if (last) {
        into->head = from->head;
    }
    into->total += from->total;
    *from = (struct arena){0};
}

void *mem_new(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        mem_none();
    return memory;
}

void *mem_grow(void *old, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return old;
    size_t room = *cap < 8 ? 8 : *cap + *cap / 2;
    if (room < need)
        room = need;
    void *memory = realloc(old, product(room, size));
    if (!memory)
        mem_none();
    *cap = room;
    return memory;
}

void mem_free(void *memory)
{
    free(memory);
}

void *mem_pages(size_t bytes)
{
    size_t size = bytes ? bytes : 1;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        mem_none();
    madvise(memory, size, MADV_HUGEPAGE); // a wish: it does not matter when it is not granted
    return memory;
}

void mem_pages_free(void *memory, size_t bytes)
{
    if (memory)
        munmap(memory, bytes ? bytes : 1);
}
