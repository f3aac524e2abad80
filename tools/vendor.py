"""Fetch the browser files that the API serves, unchanged, from the npm registry, and write their manifest.

    python tools/vendor.py            fetch and write
    python tools/vendor.py --check    compare the files with the manifest; needs no network

The versions are fixed below; changing one and running this again is the whole upgrade. npm checks the archive against
the registry's own integrity hash.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "api" / "server" / "vendor"
PACKAGES: Final = {
    ("react", "18.3.1"): {"umd/react.production.min.js": "react.production.min.js", "LICENSE": "react.LICENSE"},
    ("react-dom", "18.3.1"): {
        "umd/react-dom.production.min.js": "react-dom.production.min.js",
        "LICENSE": "react-dom.LICENSE",
    },
    ("graphiql", "3.9.0"): {
        "graphiql.min.js": "graphiql.min.js",
        "graphiql.min.css": "graphiql.min.css",
        "LICENSE": "graphiql.LICENSE",
    },
}


def main() -> int:
    """Run the tool; 1 when a check fails."""
    if "--check" in sys.argv[1:]:
        wrong = changed_files()
        for name in wrong:
            print(f"{name} is missing or was changed: run tools/vendor.py")
        return 1 if wrong else 0
    entries = [entry for (package, version), files in PACKAGES.items() for entry in fetch(package, version, files)]
    manifest = json.dumps({"files": entries}, indent=2) + "\n"
    (FOLDER / "manifest.json").write_text(manifest, encoding="utf-8")
    return 0


def fetch(package: str, version: str, files: dict[str, str]) -> list[dict[str, str]]:
    """Take these files out of one package, and say where they are from."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            licence = str(json.loads(_content(archive, "package.json"))["license"])
            return [
                _keep(name, _content(archive, path), {"package": package, "version": version, "licence": licence})
                for path, name in files.items()
            ]


def changed_files() -> list[str]:
    """Names of vendored files that do not have the manifest's SHA-256."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return [entry["file"] for entry in manifest["files"] if _sha256(FOLDER / entry["file"]) != entry["sha256"]]


def _content(archive: tarfile.TarFile, path: str) -> bytes:
    file = archive.extractfile(f"package/{path}")
    if file is None:
        message = f"{path} is not in the package."
        raise SystemExit(message)
    return file.read()


def _keep(name: str, content: bytes, origin: dict[str, str]) -> dict[str, str]:
    (FOLDER / name).write_bytes(content)
    return {"file": name, **origin, "sha256": hashlib.sha256(content).hexdigest()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
