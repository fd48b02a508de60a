"""Who really asks, where a proxy whom we trust says so."""

from __future__ import annotations

from uvicorn.middleware.proxy_headers import _TrustedHosts

from majlis.kernel.live import Scope


class Proxies:
    """The proxies in front of this server. uvicorn's rule, without asking it for each request."""

    def __init__(self, trusted: list[str] | str) -> None:
        self.trusted = _TrustedHosts(trusted)

    def has(self, host: str) -> bool:
        return host in self.trusted

    def tell(self, scope: Scope) -> None:
        """Put in the scope what the proxy that sends this says of the sender."""
        scheme, addresses = "", list[str]()
        for name, value in scope["headers"]:
            if name == b"x-forwarded-proto":
                scheme = value.decode("latin-1").strip()
            elif name == b"x-forwarded-for":
                addresses.append(value.decode("latin-1"))
        if scheme in {"http", "https"}:
            scope["scheme"] = scheme
        if addresses:
            host, port = self.trusted.get_trusted_client_address(", ".join(addresses))
            if host:
                scope["client"] = (host, port)
