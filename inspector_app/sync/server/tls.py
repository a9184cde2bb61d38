"""Encryption for a PostgreSQL of one's own: a certificate authority made here, and hostssl only.

For trying and for tests. A bureau's server has certificates from its IT desk.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import conninfo

from inspector_app.errors import OutsideError

_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Authority:
    """The files of a certificate authority and of the server it vouches for."""

    root: Path
    certificate: Path
    key: Path


def authority(folder: Path, host: str) -> Authority:
    """Make an authority and a certificate of it for a server of that name."""
    # Half a second that only who tries encryption pays:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec  # slow, as the two above
    from cryptography.x509.oid import NameOID

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    start = datetime.now(UTC) - timedelta(days=1)

    def signed(
        subject: x509.Name, key: ec.EllipticCurvePrivateKey, is_root: bool
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name("演示根证书"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + _DAYS)
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        )
        if not is_root:
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(root_key, hashes.SHA256())

    root_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    folder.mkdir(parents=True, exist_ok=True)
    made = Authority(folder / "root.crt", folder / "server.crt", folder / "server.key")
    pem = serialization.Encoding.PEM
    made.root.write_bytes(signed(name("演示根证书"), root_key, True).public_bytes(pem))
    made.certificate.write_bytes(signed(name(host), own_key, False).public_bytes(pem))
    made.key.touch(mode=0o600)
    made.key.write_bytes(
        own_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def turn_on(dsn: str, data: Path, made: Authority) -> None:
    """From now on the running server of that data folder lets nobody in without encryption."""
    for source, target in ((made.certificate, "own.crt"), (made.key, "own.key")):
        place = data / target
        shutil.copy(source, place)
        place.chmod(0o600)
        if os.name != "nt" and os.geteuid() == 0:
            owner = data.stat()
            os.chown(place, owner.st_uid, owner.st_gid)
    try:
        with psycopg.connect(dsn, autocommit=True) as connection:
            for setting in ("ssl_cert_file = 'own.crt'", "ssl_key_file = 'own.key'", "ssl = on"):
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            (data / "pg_hba.conf").write_text(
                "hostssl all all 127.0.0.1/32 scram-sha-256\n", encoding="utf-8"
            )
            connection.execute("SELECT pg_reload_conf()")
    except psycopg.Error as error:
        raise OutsideError("这个 PostgreSQL 不能加密。", kind="no_tls") from error


def encrypted(dsn: str, made: Authority, host: str) -> str:
    """The string that reaches the server under that name and takes nobody else for it."""
    return conninfo.make_conninfo(
        dsn, host=host, hostaddr="127.0.0.1", sslmode="verify-full", sslrootcert=str(made.root)
    )
