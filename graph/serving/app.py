"""The server as an ASGI application: one WebSocket address, `/gremlin`."""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from graph.contract import GraphStore
from graph.serving.contract import Authenticate, MalformedError, ServingSettings
from graph.serving.conversation import Conversation
from graph.serving.sessions import Sessions

PATH: Final = "/gremlin"
UNREADABLE: Final = 1003
"""WebSocket's code for a message of a kind that is not accepted."""
AWAY: Final = 1001


def gremlin_app(
    store: GraphStore, *, authenticate: Authenticate | None, settings: ServingSettings | None = None
) -> Starlette:
    """Make the application.

    Args:
        store: the graph that answers; stays open until the caller closes it.
        authenticate: who may ask. None lets everybody in who can reach the port.
        settings: bounds and names.
    """
    given = settings or ServingSettings()
    threads = ThreadPoolExecutor(given.workers, thread_name_prefix="gremlin")

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        conversation = Conversation(Sessions(store, given.results), given, threads, authenticate)
        try:
            await _talk(socket, conversation)
        except WebSocketDisconnect:
            pass
        except MalformedError as error:
            await socket.close(UNREADABLE, error.message)
        except TimeoutError:
            await socket.close(AWAY, "The transaction was left alone for too long and is taken back.")
        finally:
            await conversation.close()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        threads.shutdown(wait=False, cancel_futures=True)

    return Starlette(routes=[WebSocketRoute(PATH, talk)], lifespan=lifespan)


async def _talk(socket: WebSocket, conversation: Conversation) -> None:
    """Answer until the driver goes.

    Raises:
        TimeoutError: it left a transaction open and said nothing for too long.
    """
    while True:
        async with asyncio.timeout(conversation.patience_s):
            message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        frame = message.get("bytes")
        async for answer in conversation.answers(frame if frame is not None else message["text"]):
            if isinstance(answer, str):
                await socket.send_text(answer)
            else:
                await socket.send_bytes(answer)
