/* An echo server of mbedTLS 2.28: mbedtls PORT CHAIN.pem KEY.pem SUITE GROUP (mbedTLS's words; "": any) */
#include "listener.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

static mbedtls_ssl_config config;

static void serve(int fd)
{
	mbedtls_net_context net = { fd };
	mbedtls_ssl_context ssl;
	unsigned char text[4096];
	int len;

	mbedtls_ssl_init(&ssl);
	mbedtls_ssl_setup(&ssl, &config);
	mbedtls_ssl_set_bio(&ssl, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
	if (mbedtls_ssl_handshake(&ssl) == 0) {
		while ((len = mbedtls_ssl_read(&ssl, text, sizeof text)) > 0) {
			mbedtls_ssl_write(&ssl, text, (size_t)len);
		}
	}
	mbedtls_ssl_free(&ssl);
	mbedtls_net_free(&net);
}

int main(int argc, char **argv)
{
	static mbedtls_entropy_context entropy;
	static mbedtls_ctr_drbg_context random;
	static mbedtls_x509_crt chain;
	static mbedtls_pk_context key;
	static int suites[2];
	static mbedtls_ecp_group_id groups[2];

	if (argc < 6) {
		return 2;
	}
	mbedtls_entropy_init(&entropy);
	mbedtls_ctr_drbg_init(&random);
	mbedtls_x509_crt_init(&chain);
	mbedtls_pk_init(&key);
	mbedtls_ssl_config_init(&config);
	if (mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, NULL, 0) != 0
		|| mbedtls_x509_crt_parse_file(&chain, argv[2]) != 0
		|| mbedtls_pk_parse_keyfile(&key, argv[3], NULL) != 0
		|| mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
			   MBEDTLS_SSL_PRESET_DEFAULT)
			!= 0
		|| mbedtls_ssl_conf_own_cert(&config, &chain, &key) != 0) {
		fprintf(stderr, "mbedTLS does not take this\n");
		return 2;
	}
	mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &random);
	suites[0] = mbedtls_ssl_get_ciphersuite_id(argv[4]);
	if (suites[0] != 0) {
		mbedtls_ssl_conf_ciphersuites(&config, suites);
	}
	const mbedtls_ecp_curve_info *curve = mbedtls_ecp_curve_info_from_name(argv[5]);
	if (curve != NULL) {
		groups[0] = curve->grp_id;
		mbedtls_ssl_conf_curves(&config, groups);
	}
	for (int fd = listen_at(argv[1]);;) {
		int peer = accept(fd, NULL, NULL);
		if (peer >= 0) {
			serve(peer);
		}
	}
}
