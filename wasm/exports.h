/*
 * What JavaScript hands to mpc_new(): one structure, which JavaScript fills by the offsets that
 * tables.json has of it. Each field has the same size and place on every machine, so that the native
 * `tables` prints what holds in WebAssembly; addresses are those of the module's memory.
 */
#ifndef MPC_EXPORTS_H
#define MPC_EXPORTS_H

#include "probe.h"

typedef double option_f64;
typedef uint32_t option_u32;
typedef uint32_t option_text; /* the address of a text that ends with a NUL */
typedef uint8_t option_seed[PROBE_SEED];

/* FIELD(type, name); as in probe_options, but for `now`, which is probe_start()'s. An empty mode and port 0
 * are the service's; an empty user is none, and what is empty was not prepared. */
#define MPC_OPTIONS(FIELD)                                                                         \
	FIELD(f64, unix_time)                                                                          \
	FIELD(f64, now)                                                                                \
	FIELD(text, service)                                                                           \
	FIELD(text, mode)                                                                              \
	FIELD(text, address)                                                                           \
	FIELD(text, server_name)                                                                       \
	FIELD(text, client_name)                                                                       \
	FIELD(text, user)                                                                              \
	FIELD(text, password)                                                                          \
	FIELD(text, prepared_user)                                                                     \
	FIELD(text, prepared_password)                                                                 \
	FIELD(u32, port)                                                                               \
	FIELD(u32, timeout_permille)                                                                   \
	FIELD(u32, test_pipelining)                                                                    \
	FIELD(u32, deep)                                                                               \
	FIELD(u32, roots_on_demand)                                                                    \
	FIELD(u32, tls12_on_demand)                                                                    \
	FIELD(u32, leave_unanswered)                                                                   \
	FIELD(seed, seed)

typedef struct {
#define FIELD(type, name) option_##type name;
	MPC_OPTIONS(FIELD)
#undef FIELD
} mpc_options;

#endif
