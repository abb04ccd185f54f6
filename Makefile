# Mail Port Check: the one door. `make run` and `make test` are all a newcomer needs; both install
# what is missing. Everything that is made goes to build/.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

help:
	@echo 'make run     build, then serve the page, the bridge and a demo domain on http://localhost:8080'
	@echo '             (make run CONFIG=file.toml: your own bridge settings instead of the demo)'
	@echo 'make test    build and check everything (make test-core, -web, -bridge, -browser: one part of it)'
	@echo 'make lint    check the style of the sources'
	@echo 'make bench   measure sizes, handshakes, and a check over a slow line'
	@echo 'make bench-check      fail where handshakes have become slower beside stock BearSSL'
	@echo 'make bench-proxy      WebSockets in HTTP/2 through HAProxy, beside HTTP/1.1'
	@echo 'make bench-peers      handshakes beside the TLS clients for browsers that npm has, which it fetches'
	@echo 'make bench-bridge     the bridge under load, beside stock websockify and a relay in C'
	@echo 'make fuzz    feed the core hostile bytes (SECONDS=n for each target)'
	@echo 'make native  build/native/drive and build/native/judge, for the command line'
	@echo 'make page    build/web, the static page, ready to be served beside a bridge'
	@echo 'make dist    build/dist, the same made fit to be uploaded: hashed names, .br and .gz, integrity values,'
	@echo '             with mailbridge.pyz for readers who want to test their own network (SIGN_KEY=key signs it)'
	@echo 'make deb     the bridge with the page as a Debian package that makes a service of it'
	@echo 'make clean   remove build/'

# --- what is installed -----------------------------------------------------------------------------

# Debian packages; none of them starts or changes a service.
PACKAGES_NATIVE := gcc libc6-dev xz-utils ca-certificates
PACKAGES_PAGE   := $(PACKAGES_NATIVE) emscripten node
PACKAGES_RUN    := $(PACKAGES_PAGE) python3 python3-websockify python3-dnspython python3-jwcrypto \
                   python3-prometheus-client python3-twisted python3-openssl python3-service-identity dnsmasq-base openssl \
                   python3-tomli
PACKAGES_CHAINS := python3 python3-cryptography openssl
PACKAGES_FUZZ   := clang-14 libclang-rt-14-dev

# What each room of the tests needs, and all of them.
# TLS servers that others made, to be spoken to on loopback. None of these is a service.
PACKAGES_TLS_SERVERS := openssl gnutls-bin libnss3-tools botan libwolfssl-dev libmbedtls-dev node
PACKAGES_TEST_core    := $(PACKAGES_NATIVE) $(PACKAGES_CHAINS) $(PACKAGES_TLS_SERVERS)
PACKAGES_TEST_wasm    := $(PACKAGES_PAGE) $(PACKAGES_CHAINS)
PACKAGES_TEST_web     := $(PACKAGES_PAGE) $(PACKAGES_CHAINS)
PACKAGES_TEST_bridge  := $(PACKAGES_RUN)
PACKAGES_TEST_browser := $(PACKAGES_RUN) chromium
PACKAGES_TEST_lab     := $(PACKAGES_RUN)
PACKAGES_TEST_deploy  := $(PACKAGES_RUN) openssh-client
PACKAGES_TEST_fuzz    := $(PACKAGES_NATIVE) $(PACKAGES_CHAINS) $(PACKAGES_FUZZ)
PACKAGES_TEST_lint    := python3 clang-format-14 node
PACKAGES_TEST := $(sort $(foreach room,core wasm web bridge browser lab deploy fuzz lint,$(PACKAGES_TEST_$(room))))

# Instead of the word `node`: Debian's own, unless this system has another; both work.
NEED_NODE = $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm)
AS_ROOT   = $(if $(filter 0,$(shell id -u)),,sudo)

# $(call install,packages): those that are missing; nothing at all when none is.
define install
@missing=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(filter-out node,$(1)) 2>&1 \
	| sed -n 's/^dpkg-query: no packages found matching //p; s/ \(not-installed\|config-files\|half-.*\)$$//p'); \
missing="$$missing $(if $(filter node,$(1)),$(NEED_NODE))"; \
if [ -n "$$(echo $$missing)" ]; then \
	echo "Installing" $$missing; \
	$(AS_ROOT) apt-get -q update && \
	$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $$missing; \
fi
endef

.PHONY: help install-native install-run install-test
install-native:
	$(call install,$(PACKAGES_NATIVE))
install-run:
	$(call install,$(PACKAGES_RUN))
install-test:
	$(call install,$(PACKAGES_TEST))

# --- BearSSL --------------------------------------------------------------------------------------

BEARSSL := build/bearssl/source
# No clock, no entropy and no CPU probing inside: the core gets all of it as arguments.
BEARSSL_FLAGS := -DBR_USE_URANDOM=0 -DBR_USE_GETENTROPY=0 -DBR_USE_WIN32_RAND=0 -DBR_RDRAND=0 \
                 -DBR_USE_UNIX_TIME=0 -DBR_USE_WIN32_TIME=0

build/bearssl/fetched: wasm/fetch-bearssl.sh | install-native
	rm -rf build/bearssl
	sh wasm/fetch-bearssl.sh build/bearssl
	touch $@

# $(call compile_bearssl,compiler,directory,flags,flags of X25519,flags of SHA-256): every source to an object.
define compile_bearssl
@echo "Compiling BearSSL for $(2)"
@mkdir -p $(2)
@find $(BEARSSL)/src -name '*.c' | xargs -P 4 -n 16 sh -c 'for f; do \
	case $$f in */ec_c25519_m31.c) o="$(4)";; */sha2small.c) o="$(5)";; *) o="$(3)";; esac; \
	$(1) $$o $(BEARSSL_FLAGS) -I$(BEARSSL)/src -I$(BEARSSL)/inc -c $$f -o $(2)/$$(basename $$f .c).o || exit 255; done' --
endef

build/native/libbearssl.a: build/bearssl/fetched Makefile
	$(call compile_bearssl,$(CC) -w -fPIC,build/native/bearssl,-O2,-O3,-O3)
	@rm -f $@
	@ar rcs $@ build/native/bearssl/*.o

build/wasm/libbearssl.a: build/bearssl/fetched Makefile
	$(call compile_bearssl,$(EMCC) -w -DBR_INT128=0,build/wasm/bearssl,-Oz,-O3 -mllvm -inline-threshold=50,-O1)
	@rm -f $@
	@$(EMAR) rcs $@ build/wasm/bearssl/*.o

# --- the core -----------------------------------------------------------------------------------------

# Every source under wasm/ is the core's, but the programs in drivers/, and what the WebAssembly module
# has beside it: its exports, and memset(). An object lies under its source's path: wasm/x509/der.c, build/native/x509/der.o.
# Sources include by the path from wasm/ (-iquote, not -I: our limits.h is not <limits.h>).
SOURCES := $(sort $(patsubst wasm/%.c,%,$(shell find wasm -name '*.c')))
EXPORTS := exports memory strings malloc
CORE := $(filter-out drivers/% $(EXPORTS),$(SOURCES))
HEADERS := $(sort $(shell find wasm -name '*.h' -o -name '*.def'))

CFLAGS ?= -O2 -g
WARNINGS := -std=c11 -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes -Wvla
INCLUDES := -iquote wasm -isystem $(BEARSSL)/inc
CORE_FLAGS := $(WARNINGS) $(INCLUDES)

NATIVE := $(CORE:%=build/native/%.o)

build/native/%.o: wasm/%.c $(HEADERS) build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(CFLAGS) $(CORE_FLAGS) -c $< -o $@

build/native/drivers/%.o: wasm/drivers/%.c $(HEADERS) build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(CFLAGS) $(CORE_FLAGS) -D_GNU_SOURCE -c $< -o $@

build/native/drive build/native/judge build/native/roots build/native/tables: build/native/%: \
		build/native/drivers/%.o build/native/drivers/pem.o build/native/drivers/print.o $(NATIVE)
	@echo "  LINK  $@"
	@$(CC) $(CFLAGS) -o $@ $^ build/native/libbearssl.a

.PHONY: native
native: install-native build/native/drive build/native/judge build/roots.bin

build/tables.json: build/native/tables
	@build/native/tables > $@

# Mozilla's roots as Debian packages them, one file each: not the machine's merged bundle, to which
# a local authority may have been added.
MOZILLA := /usr/share/ca-certificates/mozilla
build/roots.bin: build/native/roots
	@echo "  ROOTS $@"
	@build/native/roots $@ $(MOZILLA)/*.crt

# --- WebAssembly ------------------------------------------------------------------------------------

# Debian's emcc looks for its JavaScript helpers here (package-notes.md).
EMCC ?= NODE_PATH=/usr/share/nodejs emcc
EMAR ?= NODE_PATH=/usr/share/nodejs emar
# Each flag and its reason: package-notes.md.
EMCC_LINK := --no-entry -sSTANDALONE_WASM=1 -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH=1 \
             -sINITIAL_MEMORY=4194304 -sMAXIMUM_MEMORY=268435456 -sTOTAL_STACK=262144 \
             -sASSERTIONS=0

WASM_OBJECTS := $(CORE:%=build/wasm/%.o) $(EXPORTS:%=build/wasm/%.o)

# Where the time goes; all else is as small as it can be.
build/wasm/crypto/prime_field.o: OPTIMIZE := -O3
$(addprefix build/wasm/crypto/,limbs.o rsa_public.o): OPTIMIZE := -O1
# Or they would become calls of themselves.
build/wasm/memory.o: OPTIMIZE := -O1 -fno-builtin
$(addprefix build/wasm/,strings.o malloc.o): OPTIMIZE := -Oz -fno-builtin

build/wasm/%.o: OPTIMIZE := -Oz
build/wasm/%.o: wasm/%.c $(HEADERS) build/wasm/libbearssl.a
	@mkdir -p $(@D)
	@echo "  EMCC  $@"
	@$(EMCC) $(OPTIMIZE) $(CORE_FLAGS) -Wno-missing-prototypes -c $< -o $@

build/wasm/core.wasm: $(WASM_OBJECTS) build/wasm/libbearssl.a wasm/exports.txt
	@echo "  LINK  $@"
	@$(EMCC) -Oz $(EMCC_LINK) -sEXPORTED_FUNCTIONS=@wasm/exports.txt $(WASM_OBJECTS) build/wasm/libbearssl.a -o $@

# The same for the page, in two modules (wasm/drivers/split.mjs): the second is what only TLS up to 1.2 needs, by the names of its
# objects. It is cut before anything is inlined, and what the linker says of the places of things is its map.
PAGE_CORE := build/wasm/page/core.wasm build/wasm/page/core-tls12.wasm
TLS12_OBJECTS := tls12|key_exchange_rewrite|validator|ssl_.*|prf.*|des_.*|.*cbc.*|ccm
build/wasm/page/core-tls12.wasm: build/wasm/page/core.wasm ;
build/wasm/page/core.wasm: $(WASM_OBJECTS) build/wasm/libbearssl.a wasm/exports.txt wasm/drivers/split.mjs
	@echo "  LINK  $(PAGE_CORE)"
	@mkdir -p $(@D)
	@$(EMCC) -O1 --profiling-funcs $(EMCC_LINK) -Wl,--print-map -sEXPORTED_FUNCTIONS=@wasm/exports.txt \
		$(WASM_OBJECTS) build/wasm/libbearssl.a -o build/wasm/linked.wasm > build/wasm/linked.map
	@node wasm/drivers/split.mjs build/wasm/linked.wasm build/wasm/linked.map '$(TLS12_OBJECTS)' $(PAGE_CORE)

# Debian's Python, which sees Debian's websockify; another one in PATH may not.
PYTHON := /usr/bin/python3

# --- the page -------------------------------------------------------------------------------------------

# $(call npm_ci,directory): exactly what the lock file says, nothing run on the way.
define npm_ci
npm ci --prefix $(1) --ignore-scripts --no-audit --no-fund --loglevel=error
@touch $(1)/node_modules
endef

web/node_modules: web/package.json web/package-lock.json
	$(call npm_ci,web)

# What of the build the site is made of.
SITE_OF := --tables build/tables.json --core build/wasm/page/core.wasm --tls12 build/wasm/page/core-tls12.wasm \
           --roots build/roots.bin
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f -print)

# With the core in one module beside it, for programs in Node (web/examples/check.mjs).
build/web/index.html: $(WEB_SOURCES) web/node_modules build/tables.json build/wasm/core.wasm $(PAGE_CORE) build/roots.bin
	@echo "  PAGE  build/web"
	@node web/site/build.mjs $(SITE_OF) --out build/web
	@touch $@

# The page and the bridge in one file, for a reader's own computer. Its page has its own bridge first.
PYZ := build/pyz/mailbridge.pyz
build/pyz/web/index.html: build/web/index.html
	@echo "  PAGE  build/pyz/web"
	@rm -rf build/pyz/web
	@node web/site/build.mjs $(SITE_OF) --out build/pyz/web --own-bridge
	@touch $@

$(PYZ): build/pyz/web/index.html build/tables.json $(wildcard bridge/*.py) bridge/about.html bridge/deploy/build_pyz.py
	@echo "  PYZ   $@"
	@$(PYTHON) bridge/deploy/build_pyz.py --web build/pyz/web --tables build/tables.json --out $@

build/dist/index.html: build/web/index.html $(PYZ)
	@echo "  DIST  build/dist"
	@node web/site/dist.mjs $(SITE_OF) --program build/pyz --out build/dist
	@touch $@

.PHONY: page dist
page: install-run
	@$(MAKE) --no-print-directory build/web/index.html
dist: install-run
	@$(MAKE) --no-print-directory build/dist/index.html
	@sh bridge/deploy/sign-checksums.sh build/dist $(SIGN_KEY)

# The bridge with the page, as a Debian package that makes a service of it.
# Of the day of the newest commit, since there are no releases yet.
VERSION := $(shell git log -1 --format=0~%cd --date=format:%Y%m%d 2>/dev/null)
DEB := build/mail-port-check-bridge_$(VERSION)_all.deb
.PHONY: deb
deb: dist build/tables.json
	@sh bridge/deploy/build-deb.sh $(VERSION) $(DEB)

# --- run --------------------------------------------------------------------------------------------------

.PHONY: run
run: page
ifdef CONFIG
	@exec $(PYTHON) -m bridge --config $(CONFIG)
else
	@exec $(PYTHON) -m bridge.demo build
endif

# --- tests ------------------------------------------------------------------------------------------------

SANITIZE := -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
TEST_FLAGS := $(SANITIZE) $(CORE_FLAGS) -D_GNU_SOURCE
SANITIZED := $(CORE:%=build/tests/%.o) build/tests/drivers/pem.o

build/tests/%.o: wasm/%.c $(HEADERS) build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(TEST_FLAGS) -c $< -o $@

PLAY := tests/core/play.c tests/core/script.c tests/core/tls_server.c tests/core/tls13_server.c tests/core/ed25519_sign.c
build/tests/play: $(PLAY) $(wildcard tests/core/*.h) $(HEADERS) $(SANITIZED)
	@echo "  LINK  $@"
	@$(CC) $(TEST_FLAGS) -o $@ $(PLAY) $(SANITIZED) build/native/libbearssl.a

build/tests/certificates/root.pem: tests/core/certificates.py
	$(PYTHON) tests/core/certificates.py build/tests/certificates

TRANSCRIPTS := $(sort $(wildcard tests/transcripts/*.txt))

# What the native core reports, for the WebAssembly one to be compared with.
build/tests/reports.txt: build/tests/play build/tests/certificates/root.pem $(TRANSCRIPTS)
	@build/tests/play --reports build/tests/certificates $(TRANSCRIPTS) > $@

# The core's client for TLS servers that others made, and two of those.
build/tests/tls_servers/client: tests/tls_servers/client.c wasm/drivers/print.c $(HEADERS) $(SANITIZED)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(CC) $(TEST_FLAGS) -o $@ tests/tls_servers/client.c wasm/drivers/print.c $(SANITIZED) build/native/libbearssl.a

build/tests/tls_servers/wolfssl: LIBRARIES := -lwolfssl
build/tests/tls_servers/mbedtls: LIBRARIES := -lmbedtls -lmbedx509 -lmbedcrypto
build/tests/tls_servers/wolfssl build/tests/tls_servers/mbedtls: build/tests/tls_servers/%: tests/tls_servers/%.c \
		tests/tls_servers/listener.h
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(CFLAGS) -std=gnu11 -Wall -Wextra -Werror -o $@ $< $(LIBRARIES)

UNIT := $(sort $(wildcard tests/core/test_*.c)) tests/core/unit.c tests/core/fake_io.c tests/core/hex.c \
        tests/core/tls_server.c tests/core/tls13_server.c tests/core/tls13_pair.c tests/core/ed25519_sign.c
build/tests/unit: $(UNIT) $(wildcard tests/core/*.h) $(HEADERS) $(SANITIZED)
	@echo "  LINK  $@"
	@$(CC) $(TEST_FLAGS) -o $@ $(UNIT) $(SANITIZED) build/native/libbearssl.a

tests/node_modules: tests/package.json tests/package-lock.json
	$(call npm_ci,tests)

COVERAGE_FLAGS := --coverage -O0 -g $(CORE_FLAGS) -D_GNU_SOURCE
COVERED := $(CORE:%=build/coverage/%.o)

build/coverage/%.o: wasm/%.c $(HEADERS) build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(COVERAGE_FLAGS) -c $< -o $@

build/coverage/unit: $(UNIT) wasm/drivers/pem.c $(wildcard tests/core/*.h) $(HEADERS) $(COVERED)
	@echo "  LINK  $@"
	@$(CC) $(COVERAGE_FLAGS) -o $@ $(UNIT) wasm/drivers/pem.c $(COVERED) build/native/libbearssl.a

build/coverage/play: $(PLAY) wasm/drivers/pem.c $(wildcard tests/core/*.h) $(HEADERS) $(COVERED)
	@echo "  LINK  $@"
	@$(CC) $(COVERAGE_FLAGS) -o $@ $(PLAY) wasm/drivers/pem.c $(COVERED) build/native/libbearssl.a

# --- fuzzing --------------------------------------------------------------------------------------------

# `make fuzz SECONDS=600`: each target for so long, from the seeds of the transcripts; what it breaks
# is build/fuzz/crash-…, and becomes a transcript.
SECONDS := 60
FUZZ := certificate client_hello_scan judge line probe sign_in tls13 signature_arithmetic
# The target counts the signature checks of a judgement.
FUZZ_LINK_judge := -Wl,--wrap=certificate_signed_by
CLANG ?= clang-14
FUZZ_FLAGS := -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $(INCLUDES)
FUZZED := $(CORE:%=build/fuzz/objects/%.o)

build/fuzz/objects/%.o: wasm/%.c $(HEADERS) build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CLANG) $(FUZZ_FLAGS) -c $< -o $@

build/fuzz/fuzz-%: tests/fuzz/%.c $(wildcard tests/fuzz/*.h) $(HEADERS) $(FUZZED)
	@mkdir -p $(@D)
	@echo "  FUZZ  $@"
	@$(CLANG) $(FUZZ_FLAGS) $(FUZZ_LINK_$*) -o $@ $< $(FUZZED) build/native/libbearssl.a

build/fuzz/seeded: tests/fuzz/seeds.py $(TRANSCRIPTS) build/tables.json build/tests/certificates/root.pem
	@$(PYTHON) tests/fuzz/seeds.py build $(FUZZ)
	@touch $@

.PHONY: fuzz fuzzed fuzzers
fuzz:
	$(call install,$(PACKAGES_TEST_fuzz))
	@$(MAKE) --no-print-directory fuzzed
fuzzers: build/fuzz/seeded $(FUZZ:%=build/fuzz/fuzz-%)
fuzzed: fuzzers
	@$(PYTHON) tests/fuzz/run.py build/fuzz $(SECONDS)

# tests/run.py has the list of suites, the room of each and what it needs to be built.
# `make test SUITES="bridge page"` runs only those, `make test-web` only those of one room.
TEST_ROOMS := core wasm web bridge browser lab deploy fuzz lint
.PHONY: test tested lint $(TEST_ROOMS:%=test-%)
test: install-test
	@$(MAKE) --no-print-directory tested
tested:
	$(call run_suites,$(SUITES))

# $(call run_suites,arguments of tests/run.py): what they need, then the suites.
define run_suites
@needs=$$($(PYTHON) tests/run.py --needs $(1)) \
	&& { [ -z "$$needs" ] || $(MAKE) --no-print-directory $$needs; } && $(PYTHON) tests/run.py $(1)
endef

$(TEST_ROOMS:%=test-%): test-%:
	$(call install,$(PACKAGES_TEST_$*))
	$(call run_suites,--room $*)
lint: test-lint

# --- bench ------------------------------------------------------------------------------------------------

.PHONY: bench benched
bench: install-test
	@$(MAKE) --no-print-directory benched
benched: build/web/index.html build/native/judge build/bench/handshake tests/node_modules
	@node tests/bench/size.mjs
	@$(PYTHON) tests/bench/handshake_chains.py build/bench/handshakes
	@node tests/bench/handshake.mjs build/bench/handshakes
	@node tests/bench/cold-browser.mjs build/bench/handshakes
	@$(PYTHON) tests/bench/hostile_chains.py build/bench
	@node tests/bench/judge.mjs build/bench
	@node tests/bench/long-tasks.mjs build/bench
	@node tests/bench/scan.mjs
	@node tests/bench/growth.mjs

# Fails where the ratios of `make bench` have become worse, whatever machine this is.
.PHONY: bench-check bench-checked
bench-check: install-test
	@$(MAKE) --no-print-directory bench-checked
bench-checked: build/web/index.html build/bench/handshake tests/node_modules
	@$(PYTHON) tests/bench/handshake_chains.py build/bench/handshakes
	@node tests/bench/handshake.mjs build/bench/handshakes --check
	@node tests/bench/growth.mjs --check

# TLS clients that others made for browsers: fetched for this alone, and as the lock file says.
.PHONY: bench-peers benched-peers
bench-peers: install-test
	@$(MAKE) --no-print-directory benched-peers
benched-peers: $(PAGE_CORE) build/roots.bin build/tables.json tests/bench/peers/node_modules
	@$(PYTHON) tests/bench/handshake_chains.py build/bench/handshakes
	@node tests/bench/peers.mjs build/bench/handshakes
tests/bench/peers/node_modules: tests/bench/peers/package.json tests/bench/peers/package-lock.json
	$(call npm_ci,tests/bench/peers)

# BearSSL as its users have it, to compare with.
build/bench/libbearssl.a: build/bearssl/fetched Makefile
	$(call compile_bearssl,$(CC) -w,build/bench/bearssl,-O2,-O2,-O2)
	@rm -f $@
	@ar rcs $@ build/bench/bearssl/*.o
build/bench/handshake: tests/bench/handshake.c build/bench/libbearssl.a
	@echo "  CC    $@"
	@$(CC) -O2 $(WARNINGS) -D_GNU_SOURCE -isystem $(BEARSSL)/inc -o $@ $^

# Ten WebSockets through HAProxy from far away, in HTTP/2 and in HTTP/1.1.
.PHONY: bench-proxy
bench-proxy: build/web/index.html tests/node_modules
	@node tests/bench/proxy.mjs

# The bridge under load, beside stock websockify and a relay in C. `make bench-bridge SUBJECTS="bridge relay"`: some;
# LONG=1: 100,000 connections are looked at for one to a wrong server, a minute more.
.PHONY: bench-bridge benched-bridge
bench-bridge: install-run
	@$(MAKE) --no-print-directory benched-bridge
benched-bridge: build/tables.json $(addprefix build/bench/,load relay target)
	@$(PYTHON) tests/bench/bridge.py $(if $(LONG),--long) $(SUBJECTS)
build/bench/%: tests/bench/%.c tests/bench/sockets.h build/native/libbearssl.a
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) $(CFLAGS) $(WARNINGS) -isystem $(BEARSSL)/inc -o $@ $< build/native/libbearssl.a

# --- housekeeping ---------------------------------------------------------------------------------------

.PHONY: clean
clean:
	rm -rf build web/node_modules tests/node_modules tests/bench/peers/node_modules
