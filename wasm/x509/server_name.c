#include "x509/server_name.h"

#include "base/ip_address.h"
#include "base/limits.h"
#include "x509/dns_name.h"

#include <string.h>

int server_names_match(const certificate *c, const char *host)
{
	uint8_t ip[16];
	bytes address = { ip, ip_parse(host, ip) };
	bytes name = { (const uint8_t *)host, strlen(host) };
	der d = der_over(c->alt_names);

	while (!der_done(&d)) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		if (address.len != 0 ? tag == NAME_IP && bytes_equal(value, address)
							 : tag == NAME_DNS && dns_matches(value, name)) {
			return 1;
		}
	}
	return 0;
}

int server_names_any(const certificate *c)
{
	der d = der_over(c->alt_names);
	while (!der_done(&d)) {
		int tag = 0;
		der_any(&d, &tag, NULL);
		if (tag == NAME_DNS || tag == NAME_IP) {
			return 1;
		}
	}
	return 0;
}

void server_names_write(const certificate *c, json *out, const char *key)
{
	char text[IP_TEXT];
	der d = der_over(c->alt_names);

	json_open(out, key, '[');
	for (int n = 0; !der_done(&d) && n < LIMIT_NAMES_LISTED; n++) {
		int tag = 0;
		bytes value = der_any(&d, &tag, NULL);
		size_t len = tag == NAME_IP ? ip_text(value, text) : 0;
		if (tag == NAME_DNS) {
			json_text(out, NULL, value.p, value.len < LIMIT_NAME ? value.len : LIMIT_NAME);
		} else if (len != 0) {
			json_text(out, NULL, text, len);
		}
	}
	json_close(out, ']');
}
