/* An echo server of wolfSSL: wolfssl PORT CHAIN.pem KEY.pem SUITES GROUP (a number; 0: any) [request] [cookie] */
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

#include "listener.h"

#include <string.h>

/* Whoever shows none may come in, too. */
static int take_anything(int ok, WOLFSSL_X509_STORE_CTX *store)
{
	(void)ok;
	(void)store;
	return 1;
}

static void serve(WOLFSSL_CTX *context, int with_cookie, int fd)
{
	WOLFSSL *ssl = wolfSSL_new(context);
	char text[4096];
	int len;

	wolfSSL_set_fd(ssl, fd);
	if (with_cookie) {
		wolfSSL_send_hrr_cookie(ssl, NULL, 0);
	}
	if (wolfSSL_accept(ssl) == WOLFSSL_SUCCESS) {
		while ((len = wolfSSL_read(ssl, text, sizeof text)) > 0) {
			wolfSSL_write(ssl, text, len);
		}
	}
	wolfSSL_free(ssl);
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc < 6) {
		return 2;
	}
	wolfSSL_Init();
	/* One that could speak TLS 1.3 wants to, whatever its suites are. */
	int newer = strncmp(argv[4], "TLS13", 5) == 0, with_cookie = 0;
	WOLFSSL_CTX *context =
		wolfSSL_CTX_new(newer ? wolfSSLv23_server_method() : wolfTLSv1_2_server_method());
	int group = atoi(argv[5]);
	if (wolfSSL_CTX_use_certificate_chain_file(context, argv[2]) != WOLFSSL_SUCCESS
		|| wolfSSL_CTX_use_PrivateKey_file(context, argv[3], WOLFSSL_FILETYPE_PEM)
			!= WOLFSSL_SUCCESS
		|| wolfSSL_CTX_set_cipher_list(context, argv[4]) != WOLFSSL_SUCCESS
		|| (group != 0 && wolfSSL_CTX_set_groups(context, &group, 1) != WOLFSSL_SUCCESS)) {
		fprintf(stderr, "wolfSSL does not take this\n");
		return 2;
	}
	for (int i = 6; i < argc; i++) {
		with_cookie |= strcmp(argv[i], "cookie") == 0;
		if (strcmp(argv[i], "request") == 0) {
			wolfSSL_CTX_set_verify(context, WOLFSSL_VERIFY_PEER, take_anything);
		}
	}
	for (int fd = listen_at(argv[1]);;) {
		int peer = accept(fd, NULL, NULL);
		if (peer >= 0) {
			serve(context, with_cookie, peer);
		}
	}
}
