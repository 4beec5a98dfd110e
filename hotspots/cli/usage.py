"""The text of ``--help``: how to call the program, and every setting with its unit.

The settings are shown as their YAML files stand, so that what is explained is what is
used.  Nothing heavy is imported: the text appears at once.
"""

from pathlib import Path

from hotspots.cli.conf import conf_dir

__all__ = ["infer_usage", "program_usage"]

_RECIPE = "# @package _global_"

_HEAD = """\
Find volcanic hot spots of Io in a folder of Juno JIRAM products, and map its brightness
temperature from MWR tables.

usage: python infer.py archive=FOLDER out=FOLDER [key=value ...]
       hotspots-infer  archive=FOLDER out=FOLDER [key=value ...]

  --help       this text
  --cfg        print the settings that the words lead to, and stop
  --version    print the version

The archive is searched at any depth for JIR_IMG products with their labels, for MWR
tables (MWR*.CSV) and for a SPICE metakernel (*.tm).  Each visit gets a folder of its own
below out: hotspots.csv, radiometer.csv, frames.csv (what became of each product, and why),
maps and provenance.json; out/catalogue.* holds the sources of all visits,
out/volcanoes.csv and out/light_curves.csv the volcanoes they are, and out/alerts.csv those
that are out of the ordinary.  Finished visits are skipped when the command is repeated.

examples:
  python infer.py archive=examples/archive out=out
  python infer.py archive=/data/juno out=out visits=[PJ53,PJ57] overwrite=true
  python infer.py archive=/data/juno out=out kernels=/data/spice/juno.tm backend=gpu
  python infer.py archive=/data/juno out=out grid.cell_fraction=0.5 products.cogs=false

exit status: 0 done, with findings or none; 1 a visit failed (the others are done);
2 the arguments, the archive or the kernels cannot be used; 130 interrupted
"""


def infer_usage() -> str:
    """Text of ``infer.py --help``; see `program_usage`."""
    return program_usage(_HEAD, "infer")


def program_usage(head: str, name: str) -> str:
    """How to call a program, and all its settings.

    Parameters
    ----------
    head : str
        What it does, how to call it, examples, exit status.
    name : str
        Its YAML file in ``conf`` without the suffix.

    Returns
    -------
    str
        Ends with a newline.

    Raises
    ------
    ConfigurationError
        If the installation has lost its YAML files.
    """
    folder = conf_dir()
    top = folder / f"{name}.yaml"
    sections = [head, "settings (key=value):\n" + _settings(top, "")]
    for place, group in sorted(_groups(top).items()):
        paths = sorted((folder / group).glob("*.yaml"))
        sections.extend(_group(group, place, path) for path in paths)
    return "\n".join(sections)


def _groups(path: Path) -> dict[str, str]:
    """Groups by their place in the settings, from the list of defaults of a YAML file.

    Lines such as ``- flyby@simulation.flyby: default`` are not worth a YAML parser.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [line.strip(" -") for line in lines if line.startswith("  - ")]
    names = (entry.partition(":")[0].removeprefix("optional ") for entry in entries)
    pairs = (name.partition("@") for name in names if name != "_self_")
    return {place or group: group for group, _, place in pairs}


def _group(group: str, place: str, path: Path) -> str:
    name = group if place == group else f"{group}@{place}"
    is_recipe = path.read_text(encoding="utf-8").startswith(_RECIPE)
    return f"{name}={path.stem}\n" + _settings(path, "" if is_recipe else f"{place}.")


def _settings(path: Path, prefix: str) -> str:
    """Lines of a YAML file with full keys in front and without its list of defaults."""
    lines = []
    in_defaults = False
    parent = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        in_defaults = line.startswith("defaults:") or (in_defaults and line.startswith("  "))
        if in_defaults or not line.strip() or line == _RECIPE:
            continue
        key, _, value = line.strip().partition(": ")
        if line.strip()[0] in "#-":
            lines.append(f"  {line}")
        elif line.endswith(":"):
            parent = line.removesuffix(":") + "."
        elif line[0] == " ":
            lines.append(f"  {prefix}{parent}{key}={value}")
        else:
            lines.append(f"  {prefix}{key}={value}")
    return "\n".join(lines) + "\n"
