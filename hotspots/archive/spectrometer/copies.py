"""One exposure of the slit, one product: of copies and versions the best is kept."""

from collections.abc import Iterable

from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import IssueStatus, ProductIssue
from hotspots.archive.spectrometer.products import SpectrumProduct

__all__ = ["without_copies"]


def without_copies(
    spectra: Iterable[SpectrumProduct],
) -> tuple[list[SpectrumProduct], list[ProductIssue]]:
    """Keep one product of each name: the highest version, PDS3 before PDS4, the first path.

    Parameters
    ----------
    spectra : iterable of SpectrumProduct

    Returns
    -------
    kept : list of SpectrumProduct
        In the order given.
    issues : list of ProductIssue
        One for each that was left out, naming the one that is used instead.
    """
    spectra = list(spectra)
    best: dict[str, SpectrumProduct] = {}
    for one in spectra:
        rival = best.get(_name(one))
        if rival is None or _rank(one) > _rank(rival):
            best[_name(one)] = one
    issues = [
        ProductIssue(
            one.product_id,
            one.label_path,
            IssueStatus.IGNORED,
            f"not used: another copy or version of it is used, {best[_name(one)].label_path}",
        )
        for one in spectra
        if best[_name(one)] is not one
    ]
    return [one for one in spectra if best[_name(one)] is one], issues


def _name(product: SpectrumProduct) -> str:
    return product.product_id.rpartition("_V")[0]


def _rank(product: SpectrumProduct) -> tuple[int, bool]:
    name = parse_product_name(product.product_id)
    return (0 if name is None else name.version, product.label_standard == "PDS3")
