"""Help, version and settings: at once, and without leaving anything behind."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hotspots import __version__
from hotspots.cli import infer, prepare, simulate, simulate_radiometer, train
from hotspots.cli.conf import conf_dir
from hotspots.cli.infer import main
from hotspots.cli.usage import infer_usage

ROOT = Path(__file__).parents[2]


def help_of(program, capsys):
    assert program.main(["--help"]) == 0
    return capsys.readouterr().out


def test_help_lists_every_setting_with_its_group(capsys):
    programs = {
        "infer": infer,
        "simulate": simulate,
        "simulate_radiometer": simulate_radiometer,
        "prepare": prepare,
        "train": train,
    }
    texts = {name: help_of(program, capsys) for name, program in programs.items()}
    everything = "".join(texts.values())
    for path in conf_dir().rglob("*.yaml"):
        is_program = path.parent == conf_dir()
        if path.parent.name == "experiment":  # values for settings of other files
            continue
        text = texts[path.stem] if is_program else everything
        for key, value in yaml.safe_load(path.read_text()).items():
            wanted = key if is_program else f"{path.parent.name}.{key}"
            nested = [f"{wanted}.{name}" for name in value] if isinstance(value, dict) else []
            shown = f"\n  {wanted}=" in text or (
                nested and all(f"\n  {name}=" in text for name in nested)
            )
            assert key == "defaults" or shown, (path.name, wanted)


def test_help_shows_units_and_examples():
    text = infer_usage()
    assert "# DN per (W m-2 sr-1 s)" in text
    assert "python infer.py archive=examples/archive out=out" in text
    assert max(map(len, text.splitlines())) <= 110


def test_no_words_show_help_and_fail(capsys):
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hotspots {__version__}\n"


def test_cfg_prints_the_settings_as_yaml(capsys):
    assert main(["--cfg", "archive=a", "grid.cell_fraction=0.4"]) == 0
    settings = yaml.safe_load(capsys.readouterr().out)
    assert settings["archive"] == "a"
    assert settings["grid"]["cell_fraction"] == 0.4


def test_help_imports_nothing_heavy():
    script = (
        "import sys; from hotspots.cli.infer import main; main(['--help']);"
        "sys.exit(bool({'numpy', 'torch', 'hydra', 'spiceypy', 'rich'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("command", [["infer.py"], ["-m", "hotspots.cli.infer"]])
def test_script_and_module_run(command):
    done = subprocess.run(
        [sys.executable, *command, "--version"],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"hotspots {__version__}\n"
    assert not done.stderr


def test_documentation_shows_every_yaml_file():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    for path in conf_dir().rglob("*.yaml"):
        assert f"conf/{path.relative_to(conf_dir())}" in page
