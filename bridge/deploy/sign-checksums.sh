#!/bin/sh
# Signs SHA256SUMS of `make dist` with the operator's SSH key, so that whoever knows its public half can tell
# that nobody changed mailbridge.pyz. ssh-keygen checks it on Linux, macOS and Windows alike (README.md).
#
#   sign-checksums.sh FOLDER [KEY]
set -eu
sums=$1/SHA256SUMS
rm -f "$sums.sig"
if [ -z "${2-}" ]; then
	echo "mailbridge.pyz: its SHA256SUMS is not signed (SIGN_KEY=file of an SSH key signs it)"
	exit
fi
ssh-keygen -q -Y sign -f "$2" -n mailbridge "$sums"
echo "mailbridge.pyz: signed, $sums.sig"
