// SPDX-License-Identifier: GPL-3.0-or-later
// Memory. The only callers of malloc are in arena.c, and the only place that can die of no memory:
// every function here returns memory or ends the process with status 70.
#pragma once
#include <stdarg.h>
#include <stddef.h>

// First thing in main: memory that was freed is used again, not given back and asked for anew,
// which takes longer than most of what is done in it.
void mem_start(void);

// A bump allocator: memory is zeroed, aligned to 16 bytes, and lives until arena_free.
// A zeroed struct is a valid, empty arena.
struct arena {
    struct arena_chunk *head;
    size_t total; // bytes taken from the system
};

void *arena_alloc(struct arena *a, size_t count, size_t size);
char *arena_copy(struct arena *a, const char *text, size_t len); // NUL-terminated
char *arena_text(struct arena *a, const char *text);
__attribute__((format(printf, 2, 3))) char *arena_print(struct arena *a, const char *format, ...);
__attribute__((format(printf, 2, 0))) char *arena_vprint(struct arena *a, const char *format,
                                                         va_list args);
void arena_free(struct arena *a);
// What `from` holds lives in `into` from now on, where it is; `from` is empty.
void arena_adopt(struct arena *into, struct arena *from);

#define NEW(arena, type) ((type *)arena_alloc(arena, 1, sizeof(type)))
#define NEWS(arena, count, type) ((type *)arena_alloc(arena, count, sizeof(type)))

// Growable arrays: `VEC(int) v = {0}; vec_push(&v, 3); vec_free(&v);`
// Elements move when the array grows; keep indices, not pointers.
#define VEC(type)        \
    struct {             \
        type *at;        \
        size_t len, cap; \
    }
#define vec_reserve(v, room) ((v)->at = mem_grow((v)->at, &(v)->cap, (room), sizeof *(v)->at))
#define vec_push(v, value) (vec_reserve(v, (v)->len + 1), (v)->at[(v)->len++] = (value))
#define vec_free(v) (mem_free((v)->at), (v)->at = NULL, (v)->len = (v)->cap = 0)

void *mem_grow(void *old, size_t *cap, size_t need, size_t size); // new elements are not zeroed
void *mem_new(size_t count, size_t size);                         // zeroed
void mem_free(void *memory);
_Noreturn void mem_none(void); // says so and ends with status 70
// Zeroed memory of its own for very much at once: pages that nobody touches cost nothing, and those
// that are touched are as large as the system has them.
void *mem_pages(size_t bytes);
void mem_pages_free(void *memory, size_t bytes);
