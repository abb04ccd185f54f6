/*
 * A dialog_io without a probe: what is said is kept as text, and findings and capabilities go to lists of its
 * own.
 */
#ifndef MPC_FAKE_IO_H
#define MPC_FAKE_IO_H

#include "dialog/dialog.h"

typedef struct {
	dialog_io io;
	findings findings;
	capabilities capabilities;
	char said[2048]; /* a command a line */
} fake_io;

/* A dialog at the start of a phase, in the mode starttls, of a client named check.invalid. */
void fake_io_start(fake_io *f, protocol_id protocol, phase_id phase);
/* The next phase: what was read and said before is forgotten, findings and capabilities are not. */
void fake_io_enter(fake_io *f, phase_id phase);

/* Gives lines, each ended by '\n', to the dialog until one is more than DIALOG_MORE. */
dialog_result fake_io_hear(fake_io *f, const dialog *d, const char *lines);

/* The ids of the findings, in order, separated by spaces; and the arguments of the first. Both until the
 * next call. */
const char *fake_io_found(const fake_io *f);
const char *fake_io_args(const fake_io *f);

#endif
