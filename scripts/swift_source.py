"""Swift source as the checks see it: without comments, strings kept, line numbers unchanged."""
import pathlib
import re

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|.)*?"""|#+".*?"#+|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL
)


def _blank(match: re.Match) -> str:
    text = match.group()
    return text if text[0] in '"#' else "\n" * text.count("\n")


def code(path: pathlib.Path) -> str:
    return _STRING_OR_COMMENT.sub(_blank, path.read_text(encoding="utf-8"))


def files(folder: str) -> list[pathlib.Path]:
    return sorted(pathlib.Path(folder).rglob("*.swift"))


_IMPORT = re.compile(
    r"^\s*(?:@[\w()]+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)",
    re.MULTILINE,
)


def imports(path: pathlib.Path) -> list[tuple[int, str]]:
    """Line and module of each import."""
    text = code(path)
    return [(text.count("\n", 0, m.start(1)) + 1, m.group(1)) for m in _IMPORT.finditer(text)]
