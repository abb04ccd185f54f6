"""The bridge: WebSockets in, one TCP connection each out, to mail ports of public addresses only.

WebSockets are websockify's (read against 0.10.0), on one event loop, with our own policy, limits
and close codes. It speaks no mail protocol and resolves no names.

    __main__     start, signals, exit
    config       the TOML file                      tables       ports and close codes, generated
    workers      several processes, one port        counting     counts by key
    server       listening sockets, drain           loop         all connections, in turn
    selector     which sockets are ready            handler      one connection: HTTP, the upgrade
    request      HTTP requests and answers          files        of the page
    session      one WebSocket from upgrade to end  tunnel       its bytes, both ways
    policy       may this page reach that target?
    mailguard    mail ports are for checks only     dnsguard     and so is the resolver
    frames       WebSocket frames on a socket       connect      a TCP connection, its failures
    capacity     how many sessions, drain           record       what is kept of a connection
    clients      who may have a connection          rates        how often who may do what
    reach        to how many servers a client goes
    forwarded    who the client is behind a proxy   proxyprotocol  and by the proxy's own header
    selftest     does our own network let us through
    tickets      signed leave to use the bridge     values       of the TOML, one by one
    about        who this is, for those it visits   optout       and who asked it not to
    logwriter    writes the log                     metrics      figures of all connections
"""
