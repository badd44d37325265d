"""Drives yaml-language-server as an editor does, over its standard input and output."""

import json
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

HOW_TO_GET_IT = (
    "needs Node.js and yaml-language-server: npm install --prefix FOLDER yaml-language-server@1, "
    "then put FOLDER/node_modules/.bin on the PATH"
)
_PATIENCE = 60
_SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


def command() -> list[str] | None:
    """Return how the server is started; None if it is not here."""
    found = shutil.which("yaml-language-server")
    return [found, "--stdio"] if found is not None and shutil.which("node") else None


class LanguageServer:
    """A running server, with files of one folder opened in it."""

    def __init__(self, folder: Path) -> None:
        started = command()
        assert started is not None, HOW_TO_GET_IT
        self.folder = folder
        self.process = subprocess.Popen(
            started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.last = 0
        threading.Thread(target=self._listen, daemon=True).start()
        contents = {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {}}}
        self.ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            capabilities={"workspace": {"configuration": True}, "textDocument": contents},
            workspaceFolders=[{"uri": folder.as_uri(), "name": "scenario"}],
        )
        self._send(method="initialized", params={})
        settings = {"settings": {"yaml": _SETTINGS}}
        self._send(method="workspace/didChangeConfiguration", params=settings)

    def __enter__(self) -> "LanguageServer":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def complaints(self, path: str, text: str | None = None) -> list[tuple[int, str]]:
        """Open a file with some text, its own if None; return the server's complaints by line, from 1."""
        uri = (self.folder / path).as_uri()
        found = text if text is not None else (self.folder / path).read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": found}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while True:
            message = self.messages.get(timeout=_PATIENCE)
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                listed = message["params"]["diagnostics"]
                return [(item["range"]["start"]["line"] + 1, item["message"]) for item in listed]

    def hover(self, path: str, line: int, column: int) -> str:
        """Return what is shown over a character, counted from 1."""
        found = self.ask("textDocument/hover", **self._at(path, line, column))
        return found["contents"]["value"] if found else ""

    def offers(self, path: str, line: int, column: int) -> dict[str, str]:
        """Return what completion offers at a character, counted from 1, with what it says of each."""
        found = self.ask("textDocument/completion", **self._at(path, line, column))
        said = {item["label"]: item.get("documentation", "") for item in found["items"]}
        return {label: text["value"] if isinstance(text, dict) else text for label, text in said.items()}

    def _at(self, path: str, line: int, column: int) -> dict[str, Any]:
        position = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": (self.folder / path).as_uri()}, "position": position}

    def ask(self, method: str, **params: Any) -> Any:
        self.last += 1
        self._send(id=self.last, method=method, params=params)
        while True:
            message = self.messages.get(timeout=_PATIENCE)
            if message.get("id") == self.last and "method" not in message:
                return message.get("result")

    def _send(self, **message: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _colon, value = line.partition(b":")
                length = int(value) if name == b"Content-Length" else length
            if not length:
                return
            message = json.loads(stream.read(length))
            if message.get("method") == "workspace/configuration":
                asked = message["params"]["items"]
                self._send(
                    id=message["id"],
                    result=[_SETTINGS if one["section"] == "yaml" else None for one in asked],
                )
            elif "id" in message and "method" in message:
                self._send(id=message["id"], result=None)
            else:
                self.messages.put(message)
