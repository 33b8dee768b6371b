"""A reader without a browser: a session over the server's own websocket, in the messages Streamlit's pages send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

WITHIN_SECONDS = 60


@dataclass
class Session:
    """One open page; of what the server sends, the filters, the pages and the number of charts are kept."""

    socket: ClientConnection
    choices: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    charts: int = 0
    _page: str = ""
    _widgets: dict[str, str] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    async def open(self, page: str = "", **choices: str) -> float:
        """Goes to a page, by its name in the address, with filters; seconds until the server had run it."""
        self.choices |= choices
        self._page = self.pages.get(page, "")
        return await self._run("" if self._page else page)

    async def choose(self, key: str, option: str) -> float:
        """Takes an option of a filter of the page that is open; seconds until the server had run it."""
        self.choices[key] = option
        return await self._run("")

    async def _run(self, page_name: str) -> float:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash, state.page_name = urlencode(self.choices), self._page, page_name
        state.context_info.color_scheme = "light"
        state.cached_message_hashes.extend(self._known)
        for key, widget_id in self._widgets.items():
            if key in self.choices:
                state.widget_states.widgets.add(id=widget_id, string_value=self.choices[key])
        self.charts = 0
        begun = perf_counter()
        await self.socket.send(asked.SerializeToString())
        while not self._is_last(await self.socket.recv(decode=False)):
            pass
        return perf_counter() - begun

    def _is_last(self, received: bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(received)
        if message.metadata.cacheable:
            self._known.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._page = message.navigation.page_script_hash
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta":
            self._note(message)
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _note(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"The page failed: {element.exception.message}")
        if kind == "selectbox" and element.selectbox.query_param_key:
            box = element.selectbox
            self._widgets[box.query_param_key], self.options[box.query_param_key] = box.id, list(box.options)
        self.charts += kind == "vega_lite_chart"


@asynccontextmanager
async def session(address: str) -> AsyncIterator[Session]:
    """A reader of the server at `address` (http://host:port) who has opened no page yet."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    streamlits = [Subprotocol("streamlit")]
    async with connect(
        stream, subprotocols=streamlits, max_size=None, open_timeout=WITHIN_SECONDS, compression=None, proxy=None
    ) as socket:
        yield Session(socket)
