#!/usr/bin/env python3
"""Sends standard input to the echo service and prints what comes back. Written from docs/protocol.md alone.

    echo_client.py PROFILE < some.file

PROFILE is a JSON file with "server" (host:port), "account" and "key" (base64), as the node writes it for its own user.
"""
import base64, hashlib, hmac, json, secrets, socket, struct, sys

HELLO, AUTH, AUTHENTICATED, PING, PONG, GOODBYE = 1, 2, 3, 4, 5, 6
OPEN, OPENED, REFUSED, DATA, WINDOW, EOF, CLOSE = 16, 17, 18, 19, 22, 23, 24
MAX_PAYLOAD, OUR_WINDOW, CHANNEL = 256 * 1024, 256 * 1024, 1


class Connection:
    def __init__(self, server):
        host, _, port = server.rpartition(":")
        self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def send(self, kind, channel=0, payload=b""):
        if not isinstance(payload, bytes):
            payload = json.dumps(payload).encode()
        self.socket.sendall(struct.pack(">IBI", 5 + len(payload), kind, channel) + payload)
        return payload

    def receive(self, *expected):
        """The next frame that is not a PING, which is answered here."""
        while True:
            length, kind, channel = struct.unpack(">IBI", self.exactly(9))
            if not 5 <= length <= 5 + MAX_PAYLOAD:
                sys.exit(f"a frame of length {length}")
            payload = self.exactly(length - 5)
            if kind == PING:
                self.send(PONG, 0, payload)
            elif kind in expected:
                return kind, payload
            else:
                sys.exit(f"frame type {kind} on channel {channel}: {payload.decode(errors='replace')!r}")

    def exactly(self, count):
        data = self.reader.read(count)
        if len(data) < count:
            sys.exit("the server closed the connection")
        return data


def log_in(connection, account, key):
    def proof(label):
        def part(x): return struct.pack(">I", len(x)) + x
        text = label + b"\0" + part(client_hello) + part(server_hello) + part(account.encode())
        return hmac.new(key, text, hashlib.sha256).digest()

    nonce = base64.b64encode(secrets.token_bytes(32)).decode()
    client_hello = connection.send(HELLO, 0, {"versions": [1], "software": "echo_client.py/1", "nonce": nonce})
    _, server_hello = connection.receive(HELLO)
    data = base64.b64encode(proof(b"ActorNet 1 client proof")).decode()
    connection.send(AUTH, 0, {"mechanism": "HMAC-SHA-256", "account": account, "data": data})
    answer = json.loads(connection.receive(AUTHENTICATED)[1])
    if not hmac.compare_digest(base64.b64decode(answer["data"]), proof(b"ActorNet 1 server proof")):
        sys.exit("this is not the server the key is for")


def echo(connection, source, sink):
    connection.send(OPEN, CHANNEL, {"service": "echo", "window": OUR_WINDOW})
    window = json.loads(connection.receive(OPENED)[1])["window"]
    at_end = False
    while True:
        while window > 0 and not at_end:
            piece = source.read1(min(window, MAX_PAYLOAD))
            at_end = not piece
            connection.send(DATA if piece else EOF, CHANNEL, piece)
            window -= len(piece)
        kind, payload = connection.receive(DATA, WINDOW, EOF, CLOSE)
        if kind == DATA:
            sink.write(payload)
            connection.send(WINDOW, CHANNEL, struct.pack(">I", len(payload)))
        elif kind == WINDOW:
            window += struct.unpack(">I", payload)[0]
        elif kind == CLOSE:
            connection.send(CLOSE, CHANNEL, {})
            return json.loads(payload).get("code")


with open(sys.argv[1], encoding="utf-8") as file:
    profile = json.load(file)
server = Connection(profile["server"])
log_in(server, profile["account"], base64.b64decode(profile["key"]))
failure = echo(server, sys.stdin.buffer, sys.stdout.buffer)
server.send(GOODBYE, 0, {})
sys.exit(failure)
