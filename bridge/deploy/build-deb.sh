#!/bin/sh
# Packs the bridge with the page as a Debian package: `make deb`. The same sources give the same bytes.
#
#   build-deb.sh VERSION OUT.deb
set -eu
version=$1 out=$2
name=mail-port-check-bridge
maintainer=${DEBEMAIL:-$(git log -1 --format=%ae)}
here=$(dirname "$0")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

lib=$root/usr/lib/$name/bridge share=$root/usr/share/mail-port-check etc=$root/etc/$name
doc=$root/usr/share/doc/$name unit=$root/lib/systemd/system
mkdir -p "$lib" "$share" "$etc" "$doc" "$unit" "$root/usr/lib/sysusers.d" "$root/DEBIAN"

cp "$here"/../*.py "$here/../about.html" "$lib"
cp build/tables.json "$share"
cp -r build/dist "$share/web"
cp "$here/opt-out.txt" "$etc"
{
	printf 'web = "/usr/share/mail-port-check/web"\ntables = "/usr/share/mail-port-check/tables.json"\n\n'
	cat "$here/bridge.toml"
} > "$etc/bridge.toml"
cp "$here/$name.service" "$unit"
printf 'u mail-port-check - "Mail Port Check"\n' > "$root/usr/lib/sysusers.d/$name.conf"
mkdir -p "$doc/examples"
cp "$here/haproxy.cfg" "$here/nginx.conf" "$doc/examples"

{
	printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
	printf 'Upstream-Name: Mail Port Check\n\nFiles: *\nCopyright: the authors of Mail Port Check\nLicense: Expat\n'
	sed 's/^$/./; s/^/ /' LICENSE
} > "$doc/copyright"
printf '%s (%s) stable; urgency=medium\n\n  * Built from the sources.\n\n -- Mail Port Check <%s>  %s\n' \
	"$name" "$version" "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n > "$doc/changelog.gz"

printf '/etc/%s/bridge.toml\n/etc/%s/opt-out.txt\n' "$name" "$name" > "$root/DEBIAN/conffiles"
cat > "$root/DEBIAN/control" <<CONTROL
Package: $name
Version: $version
Architecture: all
Maintainer: Mail Port Check <$maintainer>
Section: mail
Priority: optional
Installed-Size: $(du -sk "$root" | cut -f1)
Depends: python3 (>= 3.11), python3-websockify (>= 0.10), python3-dnspython, python3-jwcrypto, python3-prometheus-client, systemd | systemd-standalone-sysusers, init-system-helpers (>= 1.52)
Recommends: haproxy | nginx
Description: web page that checks a domain's mail servers, and its bridge
 Somebody types an e-mail address, and reads which settings to type into a mail
 app, and why each mail port that fails does. The conversations are held by the
 visitor's browser; the bridge carries their bytes to mail ports of public
 servers, and to nothing else.
CONTROL
cat > "$root/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
unit=mail-port-check-bridge.service
if [ "$1" = configure ]; then
	systemd-sysusers mail-port-check-bridge.conf
	# As dh_installsystemd writes it.
	deb-systemd-helper unmask $unit >/dev/null || true
	if deb-systemd-helper --quiet was-enabled $unit; then
		deb-systemd-helper enable $unit >/dev/null || true
	else
		deb-systemd-helper update-state $unit >/dev/null || true
	fi
	if [ -d /run/systemd/system ]; then
		systemctl --system daemon-reload >/dev/null || true
		deb-systemd-invoke restart $unit >/dev/null || true
	fi
fi
POSTINST
cat > "$root/DEBIAN/prerm" <<'PRERM'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	deb-systemd-invoke stop mail-port-check-bridge.service >/dev/null || true
fi
PRERM
cat > "$root/DEBIAN/postrm" <<'POSTRM'
#!/bin/sh
set -e
unit=mail-port-check-bridge.service
if [ "$1" = remove ]; then
	if [ -d /run/systemd/system ]; then
		systemctl --system daemon-reload >/dev/null || true
	fi
	if command -v deb-systemd-helper >/dev/null; then
		deb-systemd-helper mask $unit >/dev/null || true
	fi
elif [ "$1" = purge ] && command -v deb-systemd-helper >/dev/null; then
	deb-systemd-helper purge $unit >/dev/null || true
	deb-systemd-helper unmask $unit >/dev/null || true
fi
POSTRM
chmod 755 "$root"/DEBIAN/p*
find "$root" -type d -exec chmod 755 {} +
find "$root/usr" "$root/etc" "$root/lib" -type f -exec chmod 644 {} +
(cd "$root" && find usr etc lib -type f | LC_ALL=C sort | xargs md5sum > DEBIAN/md5sums)
mkdir -p "$(dirname "$out")"
dpkg-deb --root-owner-group --build "$root" "$out"
