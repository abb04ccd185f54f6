/*
 * Between the files of the probe: the phases (probe.c) and the bytes (stream.c) call each other
 * through these. Dialogs need only inner.h.
 */
#ifndef MPC_ENGINE_H
#define MPC_ENGINE_H

#include "inner.h"

/* --- phases: probe.c --- */
uint32_t engine_ms(const probe *p);
uint64_t engine_scaled(const probe *p, uint64_t ms);
void engine_begin(probe *p, phase_id phase);
/* The current phase has ended well: goes on to the next. */
void engine_succeeded(probe *p);
/* The current phase has failed: says good-bye (polite) or not a word more. */
void engine_failed(probe *p, int polite);
/* Acts on what a dialog made of a line. */
void engine_act(probe *p, reply r);
/* The pipelining test is over: goes on with what the phase is for. */
void engine_pipelining_tested(probe *p);
void engine_remark(probe *p, const char *text);
/* New findings become events. */
void engine_note_findings(probe *p);

/* --- bytes: stream.c --- */
void stream_input(probe *p);
/* The server will send no more, or time is up: decides on what is there. */
void stream_ended(probe *p);
/* Plaintext where TLS was expected: ends the phase by what it looks like. */
void stream_classify(probe *p, const uint8_t *text, size_t len);
/* Moves what waits in p->out into the TLS engine. */
void stream_flush(probe *p);

/* --- the handshake's findings: handshake.c --- */
void handshake_established(probe *p);
void handshake_broke(probe *p);

#endif
