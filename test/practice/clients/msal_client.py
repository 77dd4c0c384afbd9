"""MSAL for Python as a confidential client: one JSON document in, one out.

Its HTTP client is replaced by one that sends what is meant for Microsoft to the practice origin, with the host it was
meant for in a header, as the product's own transport does.
"""
import json
import sys
from urllib.parse import urlsplit

import msal
import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate


class PracticeClient:
    def __init__(self, origin):
        self.origin = origin
        self.session = requests.Session()
        self.session.trust_env = False

    def _send(self, method, url, headers=None, **options):
        parts = urlsplit(url)
        target = self.origin + parts.path + ("?" + parts.query if parts.query else "")
        options.pop("timeout", None)
        return self.session.request(method, target, headers={**(headers or {}), "x-practice-host": parts.netloc}, timeout=60, **options)

    def get(self, url, params=None, headers=None, **options):
        return self._send("GET", url, headers, params=params, **options)

    def post(self, url, params=None, data=None, headers=None, **options):
        return self._send("POST", url, headers, params=params, data=data, **options)

    def close(self):
        self.session.close()


asked = json.load(sys.stdin)
with open(asked["file"], "rb") as file:
    contents = file.read()
if asked["file"].endswith(".pfx"):
    key, certificate, _ = pkcs12.load_key_and_certificates(contents, asked["password"].encode())
else:
    key, certificate = load_pem_private_key(contents, None), load_pem_x509_certificate(contents)
client = msal.ConfidentialClientApplication(
    asked["clientId"],
    authority=asked["authority"],
    client_credential={
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "thumbprint": certificate.fingerprint(hashes.SHA1()).hex(),
    },
    http_client=PracticeClient(asked["origin"]),
)
json.dump([client.acquire_token_for_client(scopes=[scope]) for scope in asked["scopes"]], sys.stdout)
