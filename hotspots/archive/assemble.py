"""From one label (and its LOG row) to one `Product`: where statements become facts."""

from hotspots.archive import quirks
from hotspots.archive.clock import exposure_from_clock
from hotspots.archive.exposure import settle_exposure
from hotspots.archive.label_facts import LabelFacts
from hotspots.archive.log_table import LogRow
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import Product
from hotspots.errors import LabelError

__all__ = ["assemble_product", "background_subtracted"]


def assemble_product(facts: LabelFacts, log: LogRow | None = None) -> Product:
    """Decide what a label's statements are worth.

    Parameters
    ----------
    facts : LabelFacts
        The label.
    log : LogRow, optional
        Housekeeping of the same frame.

    Returns
    -------
    Product

    Raises
    ------
    LabelError
        Naming the label, if statements contradict each other, if the product is not an
        image of JIRAM, or if its image is not in the folder.
    """
    try:
        return _assemble(facts, log)
    except LabelError as error:
        where = str(facts.path)
        msg = str(error) if str(error).startswith(where) else f"{where}: {error}"
        raise LabelError(msg) from error


def _assemble(facts: LabelFacts, log: LogRow | None) -> Product:
    name = parse_product_name(facts.product_id) or parse_product_name(facts.path.name)
    if name is None or name.kind != "IMG":
        msg = f"product {facts.product_id!r} is not a JIRAM image"
        raise LabelError(msg)
    bits = 8 * quirks.stored_dtype(name.level).itemsize
    if facts.sample_bits != bits:
        msg = f"{name.level} with {facts.sample_bits} bits a sample, wanted {bits}"
        raise LabelError(msg)
    image_path = quirks.file_inside_folder(facts.path, facts.image_name)
    if image_path is None:
        msg = f"label without its image: {facts.image_name} is not beside it"
        raise LabelError(msg)
    start = quirks.observation_time(facts.start_time)
    return Product(
        product_id=name.product_id,
        label_path=facts.path,
        image_path=image_path,
        level=name.level,
        bands=quirks.bands_of_image(facts.lines, facts.instrument_mode, facts.band_hint),
        lines=facts.lines,
        samples=facts.samples,
        start_clock=facts.start_clock,
        stop_clock=facts.stop_clock,
        start_time_label=facts.start_time,
        stop_time_label=facts.stop_time,
        exposure_s=_exposure(facts, log),
        orbit=quirks.orbit_of_label(facts.orbit, start),
        target_name=quirks.target_for_display(facts.target_name),
        sequence_number=facts.sequence_number,
        md5=facts.md5,
        background_subtracted=background_subtracted(name.level, facts.note, log),
        software_version=facts.software_version,
        label_standard=facts.standard,
        instrument_mode=facts.instrument_mode,
        complete=facts.complete,
        unit=quirks.unit_of_pixels(name.level),
        log=log,
    )


def background_subtracted(level: str, note: str, log: LogRow | None) -> bool | None:
    """Whether a background frame was subtracted on board.

    Parameters
    ----------
    level : str
        ``"EDR"`` or ``"RDR"``.
    note : str
        NOTE of the HISTORY object, which RDR labels have.
    log : LogRow or None
        Its EN_DIS_SUB is the instrument's own statement and wins.

    Returns
    -------
    bool or None
        False for an EDR of which nobody says anything, None for such an RDR.
    """
    if log is not None:
        return log.background_subtracted
    if "BACKGROUND" in note.upper():
        return "ENABLED" in note.upper()
    return False if level == "EDR" else None


def _exposure(facts: LabelFacts, log: LogRow | None) -> float:
    times = quirks.observation_time(facts.stop_time) - quirks.observation_time(facts.start_time)
    clocks = bool(facts.start_clock and facts.stop_clock)
    return settle_exposure(
        texpo_s=None if log is None else log.texpo_s,
        label_s=facts.exposure_s,
        clock_s=exposure_from_clock(facts.start_clock, facts.stop_clock) if clocks else None,
        times_s=times.total_seconds(),
    )
