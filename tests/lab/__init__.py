"""The laboratory: real Dovecot and real Postfix on loopback, with a private authority and DNS.

The servers come from Debian's packages, downloaded by apt and unpacked into a root directory of
their own under build/lab (`packages.py`); nothing is installed, and no service of the machine is
touched. `lab.py` runs them, `domains.py` says which domain shows what.
"""
