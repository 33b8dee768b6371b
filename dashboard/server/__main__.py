"""Streamlit with security headers, warmed up before it answers."""

import gc
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

import anyio.to_thread
import streamlit
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from dashboard import NAME
from dashboard.server import health
from dashboard.server.warming import warm_up

SCRIPT = Path(__file__).with_name("script.py")
PAGES = Path(__file__).parents[1] / "pages"
ADDRESS = "<script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin }</script>"
OURS = {
    '<html lang="en">': '<html lang="en-GB">',
    "<head>": f"<head>{ADDRESS}",
    "<title>Streamlit</title>": f"<title>{NAME}</title>",
}
# The browser itself then refuses any request that would leave this server. Vega compiles its expressions, so it
# needs eval; Streamlit's page and styles are inline.
CONTENT = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class FirstPage:
    """Answers a page's address with Streamlit's own HTML, with the server's address, our name and language in it.

    Without the address the browser tries the page's address as the server's first: half a second and two errors on its
    console for every link from one page to another. Behind a path prefix nothing matches and Streamlit answers as ever.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.html = (Path(streamlit.__file__).with_name("static") / "index.html").read_text(encoding="utf-8")
        for theirs, ours in OURS.items():
            self.html = self.html.replace(theirs, ours, 1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        is_page = scope["type"] == "http" and scope["method"] == "GET" and _names_a_page(scope["path"])
        own = HTMLResponse(self.html, headers={"Cache-Control": "no-cache"})
        await (own if is_page else self.app)(scope, receive, send)


def _names_a_page(path: str) -> bool:
    name = path.removeprefix("/")
    return not name or (name.isidentifier() and (PAGES / f"{name}.py").is_file())


@asynccontextmanager
async def warmed_up(_: streamlit.App) -> AsyncIterator[None]:
    """Builds what the first reader would otherwise wait for."""
    await anyio.to_thread.run_sync(warm_up)
    # Streamlit's own check of a script: a reader nobody sees, for whom it loads what it loads late.
    await runtime.get_instance().does_script_run_without_error()
    # What was loaded stays: no collection need look through a hundred thousand objects of libraries again.
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def end_with_parent() -> None:
    """Ends this process once its standard input closes, which is when the one that started it is gone."""
    # Not sys.stdin: a thread that waits inside its lock makes Python abort when it shuts down.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def main(port: int) -> None:
    """Serves until told to end."""
    Thread(target=end_with_parent, daemon=True).start()
    app = streamlit.App(
        SCRIPT,
        lifespan=warmed_up,
        middleware=[Middleware(SecurityHeaders), Middleware(FirstPage)],
        routes=[Route("/health", health.answer)],
    )
    # Not app.run: on the socket it opens, Nagle's algorithm holds answers back for 40 ms; on uvicorn's own it is off.
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            app,
            host=streamlit.get_option("server.address"),
            port=port,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            access_log=False,
            log_level="warning",
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
