/* IP addresses as text (RFC 4291 2.2) and as bytes. */
#ifndef MPC_IP_ADDRESS_H
#define MPC_IP_ADDRESS_H

#include "base/wire.h"

/* Room for the longest text, without a NUL. */
#define IP_TEXT 40

/* 4 or 16: the bytes of an IPv4 or IPv6 literal are in `out`; 0 where the text is none. */
size_t ip_parse(const char *text, uint8_t out[16]);

/* Writes an address as text without a NUL and returns its length; 0 where it has not 4 or 16 bytes. Zeros
 * are not left out. */
size_t ip_text(bytes ip, char out[IP_TEXT]);

#endif
