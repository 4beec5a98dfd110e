"""What all command lines share: help, version, complaints in one line, interruption."""

import pytest

from hotspots import __version__
from hotspots.cli.compose import INFER
from hotspots.cli.entry import BAD_ARGUMENTS, DONE, INTERRUPTED, Command, complain
from hotspots.errors import ArchiveError

WORDS = ["archive=a", "out=b"]


def command(run=lambda _: DONE):
    return Command("infer", lambda: "how to\n", lambda: INFER, run, "all is kept")


@pytest.mark.parametrize(
    ("words", "status", "text"),
    [
        ([], BAD_ARGUMENTS, "how to\n"),
        (["--help"], DONE, "how to\n"),
        (["--version"], DONE, f"hotspots {__version__}\n"),
    ],
)
def test_words_that_need_no_settings(words, status, text, capsys):
    assert command().main(words) == status
    assert capsys.readouterr().out == text


def test_the_status_is_that_of_the_run_and_the_run_gets_the_settings():
    given = []
    assert command(lambda settings: given.append(settings) or 1).main(WORDS) == 1
    assert given[0].archive.name == "a"


def test_an_error_is_one_line_with_the_name(capsys):
    def fail(_):
        message = "no\n  products"
        raise ArchiveError(message)

    assert command(fail).main(WORDS) == BAD_ARGUMENTS
    assert capsys.readouterr().err == "infer: no products\n"


def test_an_interruption_says_what_is_kept(capsys):
    def interrupt(_):
        raise KeyboardInterrupt

    assert command(interrupt).main(WORDS) == INTERRUPTED
    assert capsys.readouterr().err == "infer: interrupted; all is kept\n"


def test_complaints_have_no_line_breaks(capsys):
    complain("train", "a\n b")
    assert capsys.readouterr().err == "train: a b\n"
