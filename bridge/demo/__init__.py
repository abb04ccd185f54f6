"""demo.test: a mail provider on this machine, and broken domains, for looking at what a check says.

`/usr/bin/python3 -m bridge.demo` starts it together with the bridge and the page; the table of its
domains is `domains.py`. The certificate maker, the DNS zone, the odd sockets and the supervisor
of child processes are also what the laboratory in `tests/lab` is made of.
"""
