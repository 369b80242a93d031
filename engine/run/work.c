// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/work.h"

#include <pthread.h>

struct queue { // of at most as many things as go round
    void **at;
    size_t first, len;
};

struct worker {
    struct crew *crew;
    pthread_t thread;
    int number;
};

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct queue empty, full;
    size_t room;
    bool closed, gave_up;
    crew_work *work;
    void *context;
    struct worker *workers;
    int size;
};

static void queue_put(struct crew *c, struct queue *q, void *thing)
{
    q->at[(q->first + q->len++) % c->room] = thing;
    pthread_cond_broadcast(&c->changed);
}

static void *queue_take(struct crew *c, struct queue *q)
{
    void *thing = q->at[q->first];
    q->first = (q->first + 1) % c->room;
    q->len--;
    return thing;
}

static void *run_worker(void *context)
{
    struct worker *w = context;
    struct crew *c = w->crew;
    pthread_mutex_lock(&c->lock);
    for (;;) {
        while (!c->full.len && !c->closed && !c->gave_up)
            pthread_cond_wait(&c->changed, &c->lock);
        if (c->gave_up || !c->full.len)
            break;
        void *thing = queue_take(c, &c->full);
        pthread_mutex_unlock(&c->lock);
        bool more = c->work(c->context, w->number, thing);
        pthread_mutex_lock(&c->lock);
        c->gave_up |= !more;
        queue_put(c, &c->empty, thing);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

static void crew_free(struct crew *c)
{
    pthread_cond_destroy(&c->changed);
    pthread_mutex_destroy(&c->lock);
    mem_free(c->empty.at);
    mem_free(c->full.at);
    mem_free(c->workers);
    mem_free(c);
}

struct crew *crew_start(int workers, crew_work *work, void *context, void **things, size_t count)
{
    struct crew *c = mem_new(1, sizeof *c);
    c->work = work;
    c->context = context;
    c->room = count;
    c->empty.at = mem_new(count, sizeof *c->empty.at);
    c->full.at = mem_new(count, sizeof *c->full.at);
    c->workers = mem_new((size_t)workers, sizeof *c->workers);
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->changed, NULL);
    for (size_t i = 0; i < count; i++)
        queue_put(c, &c->empty, things[i]);
    for (; c->size < workers; c->size++) {
        struct worker *w = &c->workers[c->size];
        *w = (struct worker){.crew = c, .number = c->size};
        if (pthread_create(&w->thread, NULL, run_worker, w))
            break;
    }
    if (c->size)
        return c;
    crew_free(c);
    return NULL;
}

int crew_size(const struct crew *c)
{
    return c->size;
}

void *crew_free_thing(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    while (!c->empty.len && !c->gave_up)
        pthread_cond_wait(&c->changed, &c->lock);
    void *thing = c->gave_up ? NULL : queue_take(c, &c->empty);
    pthread_mutex_unlock(&c->lock);
    return thing;
}

void crew_give(struct crew *c, void *thing)
{
    pthread_mutex_lock(&c->lock);
    queue_put(c, &c->full, thing);
    pthread_mutex_unlock(&c->lock);
}

bool crew_finish(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->closed = true;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
    for (int i = 0; i < c->size; i++)
        pthread_join(c->workers[i].thread, NULL);
    bool whole = !c->gave_up;
    crew_free(c);
    return whole;
}

// ---- numbers instead of things

struct each {
    pthread_mutex_t lock;
    size_t next, count;
    work_step *step;
    void *context;
};

struct each_worker {
    struct each *each;
    pthread_t thread;
    int number;
};

static void *take_numbers(void *context)
{
    struct each_worker *w = context;
    struct each *e = w->each;
    for (;;) {
        pthread_mutex_lock(&e->lock);
        size_t number = e->next < e->count ? e->next++ : e->count;
        pthread_mutex_unlock(&e->lock);
        if (number == e->count)
            return NULL;
        e->step(e->context, w->number, number);
    }
}

void work_each(int threads, size_t count, work_step *step, void *context)
{
    struct each e = {.count = count, .step = step, .context = context};
    size_t most = threads < 1 ? 1 : (size_t)threads, started = 1;
    struct each_worker *workers = mem_new(most, sizeof *workers);
    pthread_mutex_init(&e.lock, NULL);
    for (size_t i = 0; i < most; i++)
        workers[i] = (struct each_worker){.each = &e, .number = (int)i};
    while (started < most && started < count &&
           !pthread_create(&workers[started].thread, NULL, take_numbers, &workers[started]))
        started++;
    take_numbers(&workers[0]); // the caller takes part
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_mutex_destroy(&e.lock);
    mem_free(workers);
}
