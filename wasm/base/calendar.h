/*
 * Dates of the proleptic Gregorian calendar as seconds since 1970-01-01T00:00:00Z, and back. The
 * core has no clock: these only convert.
 */
#ifndef MPC_CALENDAR_H
#define MPC_CALENDAR_H

#include <stddef.h>
#include <stdint.h>

/* 0, or -1 when the parts are not a date and time (leap seconds count as 59). */
int calendar_to_unix(int year, int month, int day, int hour, int minute, int second, int64_t *out);

/* "2026-11-23T22:00:00Z" and a NUL, for years 0-9999 (others are clamped). */
#define CALENDAR_TEXT 21
void calendar_text(int64_t unix_time, char out[CALENDAR_TEXT]);

/* RFC 3339, "Z" or an offset, fractions ignored: 0, or -1 when it is none. */
int calendar_parse(const char *text, int64_t *out);

#endif
