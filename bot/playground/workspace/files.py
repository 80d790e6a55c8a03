"""What has been uploaded, and how does Slack tell it?"""

from dataclasses import dataclass
from mimetypes import guess_type
from urllib.parse import quote

from bot.playground.wire import Json

# What Slack calls the kinds of files that it knows (https://docs.slack.dev/reference/objects/file-object#types).
PRETTY = {"html": "HTML", "pdf": "PDF", "md": "Markdown (raw)", "txt": "Plain Text", "csv": "CSV"}
UNKNOWN = "application/octet-stream"


@dataclass
class File:
    """A file: named first, then its bytes come, and then it is shared; `length` is what was announced."""

    id: str
    ticket: str  # of its upload URL
    name: str
    length: int
    owner: str
    created: int
    title: str = ""
    data: bytes | None = None
    shared: bool = False

    @property
    def kind(self) -> str:
        """The ending of its name."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"

    @property
    def mimetype(self) -> str:
        """What a browser makes of it; Markdown is shown as the text that it is."""
        return "text/plain" if self.kind == "md" else guess_type(self.name)[0] or UNKNOWN


def render_file(file: File, url: str) -> Json:
    """The file object; `url` is where the workspace is (https://docs.slack.dev/reference/objects/file-object)."""
    place = f"{url}/files/{file.id}/{quote(file.name, safe='')}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.kind,
        "pretty_type": PRETTY.get(file.kind, file.kind.upper()),
        "user": file.owner,
        "mode": "hosted",
        "size": len(file.data or b""),
        "is_external": False,
        "is_public": False,
        "url_private": place,
        "url_private_download": f"{place}?download=1",
    }
