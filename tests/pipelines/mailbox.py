"""A mail server and a webhook on this machine: real ones, which keep what they are given."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Mailbox:
    """A mail server on this machine that keeps what it is given, and can refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.refuses = False
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        """Takes one message: to whom, subject, text."""
        if self.refuses:
            return "451 not now"
        mail = message_from_bytes(envelope.content)  # type: ignore[attr-defined]
        assert mail.get_content_type() == "text/plain"
        text = mail.get_payload(decode=True)
        assert isinstance(text, bytes)
        self.taken.append((mail["To"], mail["Subject"], text.decode().replace("\r\n", "\n")))
        return "250 OK"

    def address(self, name: str) -> str:
        """What Apprise is given to write to `name`."""
        return f"mailto://127.0.0.1:{self.port}?from=dashboard@trust.example&to={name}@trust.example"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    box.server.start()
    yield box
    box.server.stop()


class Webhook(BaseHTTPRequestHandler):
    """What Microsoft's workflow would be: it takes a card and says so."""

    taken: list[str] = []

    def do_POST(self) -> None:
        """Keeps the card."""
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing on the terminal."""


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[str]:
    """The address of a web server on this machine with a certificate of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(secret + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    Webhook.taken = []
    with HTTPServer(("127.0.0.1", 0), Webhook) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"workflows://127.0.0.1:{server.server_port}/workflow/signature?verify=no"
        server.shutdown()
