/*
 * What a greeting is made of, byte by byte: oddities that apps get over, and text that is the start of
 * no greeting at all.
 */
#ifndef MPC_BANNER_H
#define MPC_BANNER_H

#include "dialog/dialog.h"

/* One line of the greeting has come. Remembers the first that is odd. */
void banner_line(dialog_io *io, const uint8_t *text, size_t len, int bare);
/* The greeting was accepted: a note on what was odd, if anything was. */
void banner_accepted(dialog_io *io);

/*
 * Time is up, and these bytes had no end of line: 1, and a finding, where they cannot become a greeting
 * of this protocol any more.
 */
int banner_hopeless(dialog_io *io, const uint8_t *text, size_t len);

#endif
