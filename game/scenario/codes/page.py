"""What does a page on a kind of mistake consist of?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A file of a small scenario, for a page to show and for the tests to check.

    Attributes:
        text: What the page shows of it; `…` stands for what is too long to show.
        file: Its path in the scenario's folder.
        rest: Further lines of it, which the page leaves out.
        dots: What `…` stands for.
        note: What the text does not show, in a few words.
        encoding: How it is saved.
        without: Files that the folder does not have.
        copy: A teacher's own copy of the source, where the scenario is compared with one.
    """

    text: str
    file: str = "policies.yaml"
    rest: str = ""
    dots: str = ""
    note: str = ""
    encoding: str = "utf-8"
    without: tuple[str, ...] = ()
    copy: str = ""

    @property
    def content(self) -> bytes:
        """The file as it is saved."""
        text = self.text.replace("…", self.dots) if self.dots else self.text
        return (text + self.rest).encode(self.encoding)


@dataclass(frozen=True, slots=True)
class Page:
    """A page on a kind of mistake; its texts are messages of the catalogue.

    Attributes:
        code: The kind.
        title: Its name in a few words.
        means: What the finding says, and what to do.
        matters: Why it is worth mending.
        wrong: The smallest file with this mistake and no other.
        right: The same without it.
        warns: Whether it is a warning, which the author can accept where it stands.
    """

    code: str
    title: str
    means: str
    matters: str
    wrong: Example
    right: Example
    warns: bool = False
