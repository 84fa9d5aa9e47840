#!/usr/bin/env python3
"""Logs in with a password over TLS and prints what the account may do. Written from docs/protocol.md alone.

    scram_login.py HOST:PORT ACCOUNT SHA256:FINGERPRINT < file-with-the-password

SCRAM-SHA-256-PLUS, bound to the certificate (tls-server-end-point): Python has no tls-exporter.
"""
import base64, hashlib, hmac, json, secrets, socket, ssl, struct, sys

HELLO, AUTH, AUTHENTICATED, OPEN, OPENED, MECHANISM = 1, 2, 3, 16, 17, "SCRAM-SHA-256-PLUS"
b64 = lambda data: base64.b64encode(data).decode()
mac = lambda key, data: hmac.new(key, data, hashlib.sha256).digest()
part = lambda data: struct.pack(">I", len(data)) + data


def connect(server, pin):
    host, _, port = server.rpartition(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the pin says who it is, before HELLO is sent
    tls = context.wrap_socket(socket.create_connection((host.strip("[]"), int(port)), timeout=30))
    digest = hashlib.sha256(tls.getpeercert(binary_form=True)).digest()
    if not hmac.compare_digest("SHA256:" + b64(digest).rstrip("="), pin):
        sys.exit("another certificate than the one asked for: SHA256:" + b64(digest).rstrip("="))
    return tls, tls.makefile("rb"), digest  # of certificates signed with SHA-256, RFC 5929 takes this very hash


def send(kind, channel, message):
    payload = json.dumps(message).encode()
    tls.sendall(struct.pack(">IBI", 5 + len(payload), kind, channel) + payload)
    return payload


def receive(expected):
    length, kind, _ = struct.unpack(">IBI", reader.read(9))
    payload = reader.read(length - 5)
    return payload if kind == expected else sys.exit(payload.decode())


def log_in(account, password, binding):
    if not (account + password).isascii() or not password.isprintable():
        sys.exit("this example has no tables of Unicode: ASCII only")
    client_hello = send(HELLO, 0, {"versions": [1], "software": "scram_login.py/1", "nonce": b64(secrets.token_bytes(32))})
    server_hello = receive(HELLO)
    header = b"p=tls-server-end-point,,"
    nonce = b64(secrets.token_bytes(24))
    first_bare = f"n={account.lower()},r={nonce}".encode()
    send(AUTH, 0, {"mechanism": MECHANISM, "data": b64(header + first_bare)})
    server_first = base64.b64decode(json.loads(receive(AUTH))["data"])
    said = dict(attribute.split("=", 1) for attribute in server_first.decode().split(","))
    hellos = hashlib.sha256(part(client_hello) + part(server_hello)).digest()
    if said["h"] != b64(hellos) or not said["r"].startswith(nonce) or not 4096 <= int(said["i"]) <= 5_000_000:
        sys.exit("somebody changed what was said")
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(said["s"]), int(said["i"]))
    client_key = mac(salted, b"Client Key")
    final = f"c={b64(header + binding)},r={said['r']}".encode()
    auth_message = b",".join([first_bare, server_first, final])
    signature = mac(hashlib.sha256(client_key).digest(), auth_message)
    proof = bytes(a ^ b for a, b in zip(client_key, signature))
    send(AUTH, 0, {"mechanism": MECHANISM, "data": b64(final + b",p=" + b64(proof).encode())})
    answer = base64.b64decode(json.loads(receive(AUTHENTICATED))["data"])
    if not hmac.compare_digest(answer, b"v=" + b64(mac(mac(salted, b"Server Key"), auth_message)).encode()):
        sys.exit("this is not the server the password is for")


tls, reader, certificate_hash = connect(sys.argv[1], sys.argv[3])
log_in(sys.argv[2], sys.stdin.readline().rstrip("\n"), certificate_hash)
send(OPEN, 1, {"service": "account", "window": 65536})
print(json.dumps(json.loads(receive(OPENED))["result"]))
