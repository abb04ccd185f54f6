/*
 * Between the files of the probe: the phases (probe.c) and the bytes (stream.c) call each other
 * through these. Dialogs need only inner.h.
 */
#ifndef MPC_ENGINE_H
#define MPC_ENGINE_H

#include "inner.h"

/* --- phases: probe.c --- */
uint32_t engine_ms(const probe *p);
void engine_set_now(probe *p, uint64_t now);
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
/* What a hello by hand was for is known: takes leave of a handshake that will not be finished. */
void engine_hello_over(probe *p);
void engine_remark(probe *p, const char *text);
/* New findings become events. */
void engine_note_findings(probe *p);

/* --- bytes: stream.c --- */
void stream_input(probe *p);
/* The text of before is over: what is read from here on owes nothing to it. */
void stream_reset_text(probe *p);
/* Plaintext where TLS was expected: ends the phase by what it looks like. */
void stream_classify(probe *p, const uint8_t *text, size_t len);
/* Moves what waits in p->out into the TLS engine; whether it would take it. */
void stream_flush(probe *p);
int stream_can_flush(const probe *p);

/* --- the end of a connection: ends.c --- */
/* The server will send no more: decides on what is there. */
void ends_connection(probe *p, connection_end end);
/* … as arguments of a finding. */
void ends_write_reason(json *args, connection_end end);

/* --- the handshake's findings: handshake.c --- */
void handshake_established(probe *p);
void handshake_broke(probe *p, connection_end end);
/* More came than a probe takes: 1 where it was certificates, which are beyond our reach then. */
int handshake_chain_too_long(probe *p);
/* A hello by hand: it has been answered, or what came makes no sense. */
void handshake_hello_ended(probe *p);
/* The finding for a handshake that ended so, where nothing explains it. */
void handshake_add_failure(probe *p, connection_end end);

/* --- second conversations: questions.c --- */
/* Asks why the handshake failed; the finding waits for the answer. */
void questions_explain(probe *p, connection_end end);
/* The conversation is over: asks what is left to ask of others. */
void questions_afterwards(probe *p);
/* Some servers refuse who talks too early: after our second connection a refusal may be our doing. */
int questions_disturbed(probe *p, diagnosis_id id);
/* No answer came in time, or nobody wants to wait for it. */
void questions_give_up(probe *p);
/* After the end: an answer is still awaited. */
int questions_pending(const probe *p);

#endif
