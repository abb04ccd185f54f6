#!/bin/sh
# Fetches BearSSL's source at the pinned version into DIR and checks its checksum.
#
#   fetch-bearssl.sh DIR
#
# On Debian it comes as a source package from whatever archive this system's apt already uses,
# through an apt configuration of its own under DIR: the system's package lists stay untouched.
# Elsewhere it is upstream's tarball of the same version.
set -eu

version=0.6
debian_version=0.6+dfsg.1-3
debian_tarball=bearssl_0.6+dfsg.1.orig.tar.xz
debian_sha256=102a625bd8f6155260867a50c508df8d8c3f796985dd744df1a68e5cd1a79004
upstream=https://bearssl.org/bearssl-$version.tar.gz
upstream_sha256=6705bba1714961b41a728dfc5debbe348d2966c117649392f8c8139efc83ff14

dir=$1
mkdir -p "$dir/apt/parts" "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
cd "$dir"
here=$(pwd)

fetch_debian() {
	# The system's own binary sources, asked for source packages instead.
	for file in /etc/apt/sources.list.d/*.sources; do
		[ -f "$file" ] && grep -qi debian "$file" || continue
		sed 's/^Types:.*/Types: deb-src/' "$file" > "apt/parts/$(basename "$file")"
	done
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		[ -f "$file" ] || continue
		sed -n 's/^deb\([[:space:]]\)/deb-src\1/p' "$file" | grep -i debian \
			> "apt/parts/$(basename "$file" .list).list" || true
	done
	set -- -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$here/apt/parts" \
		-o Dir::State::lists="$here/apt/lists" -o Dir::Cache="$here/apt/cache" \
		-o APT::Sandbox::User=root -o Acquire::Languages=none
	apt-get -q "$@" update
	apt-get -q "$@" source --download-only "bearssl=$debian_version"
	echo "$debian_sha256  $debian_tarball" | sha256sum -c -
	tar -xf "$debian_tarball"
}

fetch_upstream() {
	curl -fsSL -o upstream.tar.gz "$upstream"
	echo "$upstream_sha256  upstream.tar.gz" | sha256sum -c -
	tar -xf upstream.tar.gz
}

if command -v apt-get > /dev/null && [ -f /etc/debian_version ]; then
	fetch_debian
else
	fetch_upstream
fi
rm -rf apt source
mv "bearssl-$version" source
