"""`find_products`: everything of JIRAM that a folder holds, and what is wrong with the rest.

Labels are read, pixels are not.  One bad file never stops the search: it becomes a
`ProductIssue` with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hotspots.archive import quirks
from hotspots.archive.assemble import assemble_product
from hotspots.archive.duplicates import without_duplicates
from hotspots.archive.folders import walk_folders
from hotspots.archive.label import read_image_label
from hotspots.archive.label_facts import LabelFacts
from hotspots.archive.label_pds4 import read_image_label_pds4
from hotspots.archive.logs import LogIndex, LogTable, find_log, index_logs, read_log_table
from hotspots.archive.product_name import ProductName, parse_product_name
from hotspots.archive.products import Inventory, IssueStatus, Product, ProductIssue
from hotspots.archive.radiometer.names import parse_radiometer_name
from hotspots.archive.spectrometer.copies import without_copies
from hotspots.archive.spectrometer.labels import read_spectrum_label
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.errors import ArchiveError, LabelError

__all__ = ["find_products"]

# The extension of the data file, by kind of product.
_DATA_SUFFIX = {"IMG": ".img", "SPE": ".dat", "LOG_IMG": ".tab", "LOG_SPE": ".tab"}
_LABEL_SUFFIXES = (".lbl", ".xml")


def find_products(root: Path | str) -> Inventory:
    """Find the images and calibrated spectra under a folder.

    Parameters
    ----------
    root : Path or str
        Folder; the depth and names of the folders below it do not matter, nor does the
        case of extensions. Hidden files are passed over. Links to folders are followed,
        each folder is visited once.

    Returns
    -------
    Inventory
        The same for the same files, whatever the order the file system lists them in.

    Raises
    ------
    ArchiveError
        If ``root`` is not a folder.
    """
    root = Path(root)
    if not root.is_dir():
        msg = f"{root}: no such folder; archive= takes the folder of the Juno products"
        raise ArchiveError(msg)
    issues: list[ProductIssue] = []
    candidates = list(_candidates(root, issues))
    logs = index_logs(_read_logs(candidates, issues))
    read = [_read_candidate(found, logs, issues) for found in candidates]
    products, duplicates = without_duplicates(
        sorted((product for product in read if product is not None), key=_order)
    )
    taken = [_read_spectrum(found, issues) for found in candidates]
    spectra, copies = without_copies(
        sorted((spectrum for spectrum in taken if spectrum is not None), key=_order)
    )
    issues.extend(duplicates + copies)
    issues.sort(key=lambda issue: (issue.path.as_posix(), issue.reason))
    return Inventory(tuple(products), tuple(issues), tuple(spectra))


@dataclass(frozen=True)
class _Candidate:
    """Files of one folder that share a name; ``labels`` has the PDS3 label first."""

    name: ProductName | None
    files: Mapping[str, Path]

    @property
    def labels(self) -> list[Path]:
        return [self.files[suffix] for suffix in _LABEL_SUFFIXES if suffix in self.files]

    @property
    def data(self) -> Path | None:
        return None if self.name is None else self.files.get(_DATA_SUFFIX[self.name.kind])


def _candidates(root: Path, issues: list[ProductIssue]) -> Iterator[_Candidate]:
    def report(error: OSError) -> None:
        path = Path(error.filename)
        reason = f"folder cannot be read: {error.strerror}"
        issues.append(ProductIssue(_printable(path.name), path, IssueStatus.FAILED, reason))

    for folder, names in walk_folders(root, on_error=report):
        yield from _group(folder, names)


def _group(folder: Path, names: Sequence[str]) -> list[_Candidate]:
    groups: dict[str, dict[str, Path]] = {}
    for path in (folder / name for name in names):
        groups.setdefault(path.stem.upper(), {}).setdefault(path.suffix.lower(), path)
    return [
        _Candidate(parse_product_name(stem), files)
        for stem, files in sorted(groups.items())
        if (".img" in files or any(suffix in files for suffix in _LABEL_SUFFIXES))
        and parse_radiometer_name(stem) is None
    ]


def _read_logs(found: list[_Candidate], issues: list[ProductIssue]) -> Iterator[LogTable]:
    for candidate in found:
        name, labels = candidate.name, candidate.labels
        if name is None or name.kind != "LOG_IMG" or not labels:
            continue
        try:
            yield read_log_table(labels[0], candidate.data, name.level)
        except ArchiveError as error:
            reason = f"the frame is used without its LOG table: {_without_path(error, candidate)}"
            issues.append(_issue(candidate, IssueStatus.IGNORED, reason))


def _read_candidate(
    candidate: _Candidate, logs: LogIndex, issues: list[ProductIssue]
) -> Product | None:
    status, reason = IssueStatus.IGNORED, ""
    name = candidate.name
    if name is None:
        reason = "not a product of JIRAM; images are named JIR_IMG_<EDR|RDR>_<time>_V<nn>"
    elif name.kind == "LOG_IMG" or (name.kind == "SPE" and name.level == "RDR"):
        return None
    elif name.kind != "IMG":
        reason = "of the spectrometer, of which only calibrated spectra (JIR_SPE_RDR) are used"
    elif not candidate.labels:
        status, reason = IssueStatus.FAILED, "image without a label; fetch its .LBL file"
    else:
        try:
            facts = _read_label(candidate.labels)
            reason = _unwanted(facts)
            if not reason:
                log = find_log(facts, name.level, logs)
                return assemble_product(facts, None if log is None else log.row)
        except LabelError as error:
            status, reason = IssueStatus.FAILED, _without_path(error, candidate)
    issues.append(_issue(candidate, status, reason))
    return None


def _read_spectrum(candidate: _Candidate, issues: list[ProductIssue]) -> SpectrumProduct | None:
    name = candidate.name
    if name is None or name.kind != "SPE" or name.level != "RDR":
        return None
    status, reason = IssueStatus.IGNORED, ""
    try:
        spectrum = _first_that_reads(candidate.labels)
        start = quirks.observation_time(spectrum.start_time_label)
        if quirks.is_flyby_of_2013("", start):
            reason = "taken at the Earth fly-by of 2013, whose arrays have another form"
        elif spectrum.frame_type not in {"", "SCIENCE"}:
            reason = f"spectra of type {spectrum.frame_type}, which are no observation"
        else:
            return spectrum
    except LabelError as error:
        status, reason = IssueStatus.FAILED, _without_path(error, candidate)
    issues.append(_issue(candidate, status, reason))
    return None


def _first_that_reads(labels: list[Path]) -> SpectrumProduct:
    try:
        return read_spectrum_label(labels[0])
    except LabelError:
        if len(labels) == 1:
            raise
    return read_spectrum_label(labels[1])


def _read_label(labels: list[Path]) -> LabelFacts:
    if labels[0].suffix.lower() == ".xml":
        return read_image_label_pds4(labels[0])
    try:
        return read_image_label(labels[0])
    except LabelError:
        if len(labels) == 1:
            raise
    return read_image_label_pds4(labels[1])


def _unwanted(facts: LabelFacts) -> str:
    if quirks.is_flyby_of_2013(facts.data_set_id, quirks.observation_time(facts.start_time)):
        return "taken at the Earth fly-by of 2013, whose arrays have another form"
    if facts.instrument_mode.upper().startswith("CAL"):
        return f"a calibration frame of the lamps, mode {facts.instrument_mode}"
    return ""


def _issue(candidate: _Candidate, status: IssueStatus, reason: str) -> ProductIssue:
    path = (candidate.labels or sorted(candidate.files.values()))[0]
    product_id = _printable(path.name) if candidate.name is None else candidate.name.product_id
    return ProductIssue(product_id, path, status, reason)


def _printable(name: str) -> str:
    # Names that are not UTF-8 could not be written to a table.
    return name.encode("utf-8", "backslashreplace").decode()


def _without_path(error: ArchiveError, candidate: _Candidate) -> str:
    # The issue names its file already, and tables should not depend on where a folder is.
    text = str(error)
    for path in candidate.files.values():
        text = text.replace(str(path), path.name)
    return text.removeprefix(f"{candidate.labels[0].name}: ")


def _order(product: Product | SpectrumProduct) -> tuple[object, str, str]:
    start = quirks.observation_time(product.start_time_label)
    return start, product.product_id, product.label_path.as_posix()
