"""A real TinkerPop Gremlin Server for tests, configured as Neptune behaves. Users never need one.

Its jars come from Maven Central once and stay in a cache: `C360_CACHE`, or `c360` below the user's cache folder.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

VERSIONS: Final = ("3.8.1", "3.7.5")
READY_S: Final = 60.0
BRIEF: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

POM: Final = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>gremlin-server</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.tinkerpop</groupId><artifactId>gremlin-server</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""
GRAPH: Final = """gremlin.graph=org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph
gremlin.tinkergraph.vertexIdManager=STRING
gremlin.tinkergraph.edgeIdManager=STRING
gremlin.tinkergraph.vertexPropertyIdManager=ANY
gremlin.tinkergraph.defaultVertexPropertyCardinality=set
"""
SOURCES: Final = ("g", "company", "demo", "fuzz")
"""Each server holds a graph for each of these names: tests that clear theirs do not meet those that keep one."""
SCRIPT: Final = "def globals = [:]\n" + "".join(
    f"globals << [{name} : traversal().withEmbedded(graph_{name})]\n" for name in SOURCES
)
PLUGINS: Final = "org.apache.tinkerpop.gremlin"
SERVER: Final = """host: 127.0.0.1
port: {port}
gremlinPool: 8
channelizer: org.apache.tinkerpop.gremlin.server.channel.WsAndHttpChannelizer
graphs: {{ {graphs} }}
scriptEngines:
  gremlin-lang: {{}}
  gremlin-groovy:
    plugins:
      {plugins}.server.jsr223.GremlinServerGremlinPlugin: {{}}
      {plugins}.tinkergraph.jsr223.TinkerGraphGremlinPlugin: {{}}
      {plugins}.jsr223.ScriptFileGremlinPlugin: {{ files: [{folder}/init.groovy] }}
serializers:
  - {{ className: {plugins}.util.ser.GraphBinaryMessageSerializerV1 }}
  - {{ className: {plugins}.util.ser.GraphSONMessageSerializerV3 }}
"""


@contextmanager
def running_server(version: str, folder: Path, *, heap: str = "768m", brief: bool = False) -> Generator[str]:
    """Run a server of this version while the block lasts, and give its address. Skips without Java or Maven.

    Args:
        version: of TinkerPop.
        folder: where its files go.
        heap: the most memory that Java takes for the graph.
        brief: compile hastily, for a server that is asked too little to get fast; not for measurements.
    """
    jars = _jars(version)
    port = _free_port()
    (folder / "graph.properties").write_text(GRAPH)
    (folder / "init.groovy").write_text(SCRIPT)
    graphs = ", ".join(f"graph_{name}: {folder}/graph.properties" for name in SOURCES)
    (folder / "server.yaml").write_text(SERVER.format(port=port, folder=folder, plugins=PLUGINS, graphs=graphs))
    main = f"{PLUGINS}.server.GremlinServer"
    command = ["java", f"-Xmx{heap}", *(BRIEF if brief else ()), "-cp", f"{jars}/*", main, f"{folder}/server.yaml"]
    with (folder / "server.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            _wait_for(port, server, folder / "server.log")
            yield f"ws://127.0.0.1:{port}/gremlin"
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """A thread that never ends keeps a server from ending in good order."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()


def _jars(version: str) -> Path:
    """The folder of this version's jars, fetched when it is not there; complete or absent."""
    for tool, name in (("java", "Java"), ("mvn", "Maven")):
        if shutil.which(tool) is None:
            pytest.skip(f"{name} is not installed")
    folder = cache() / f"gremlin-server-{version}"
    if not folder.exists():
        _fetch(version, folder)
    return folder


def _fetch(version: str, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        pom = Path(scratch) / "pom.xml"
        pom.write_text(POM.format(version=version))
        jars = Path(scratch) / "jars"
        command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("Maven could not fetch Gremlin Server")
        if not folder.exists():
            jars.rename(folder)


def cache() -> Path:
    """Where what tests fetch is kept: `C360_CACHE`, or `c360` below the user's cache folder."""
    named = os.environ.get("C360_CACHE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "c360"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """The server binds its port last, so an open port means that it is ready."""
    end = time.monotonic() + READY_S
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"Gremlin Server did not start:\n{log.read_text()[-2000:]}")
