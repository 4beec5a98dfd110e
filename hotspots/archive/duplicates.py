"""One exposure, one product: of copies, versions and levels the best is kept."""

from collections.abc import Callable, Hashable, Iterable

from hotspots.archive import quirks
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import IssueStatus, Product, ProductIssue

__all__ = ["without_duplicates"]


def without_duplicates(
    products: Iterable[Product],
) -> tuple[list[Product], list[ProductIssue]]:
    """Keep one product of each exposure.

    A whole file goes before a truncated one, then the highest version, then calibrated
    before raw, then PDS3 before PDS4, then the first path.

    Parameters
    ----------
    products : iterable of Product

    Returns
    -------
    kept : list of Product
        In the order given.
    issues : list of ProductIssue
        One for each that was left out, naming the one that is used instead.
    """
    kept, copies = _best_of_each(list(products), _identity, "another copy or version of it")
    kept, raw = _best_of_each(kept, _exposure, "the calibrated product of the same exposure")
    return kept, copies + raw


def _best_of_each(
    products: list[Product], key: Callable[[Product], Hashable], what: str
) -> tuple[list[Product], list[ProductIssue]]:
    best: dict[Hashable, Product] = {}
    for product in products:
        rival = best.get(key(product))
        if rival is None or _rank(product) > _rank(rival):
            best[key(product)] = product
    kept, issues = [], []
    for product in products:
        winner = best[key(product)]
        if winner is product:
            kept.append(product)
        else:
            reason = f"not used: {what} is used, {winner.label_path}"
            issue = ProductIssue(
                product.product_id, product.label_path, IssueStatus.IGNORED, reason
            )
            issues.append(issue)
    return kept, issues


def _identity(product: Product) -> Hashable:
    return product.product_id.rpartition("_V")[0]


def _exposure(product: Product) -> Hashable:
    if product.start_clock:
        return quirks.clock_counts(product.start_clock), product.bands
    return quirks.observation_time(product.start_time_label), product.bands


def _rank(product: Product) -> tuple[bool, int, bool, bool]:
    name = parse_product_name(product.product_id)
    return (
        _is_whole(product),
        0 if name is None else name.version,
        product.level == "RDR",
        product.label_standard == "PDS3",
    )


def _is_whole(product: Product) -> bool:
    wanted = product.lines * product.samples * quirks.stored_dtype(product.level).itemsize
    try:
        return product.image_path.stat().st_size == wanted
    except OSError:
        return False
