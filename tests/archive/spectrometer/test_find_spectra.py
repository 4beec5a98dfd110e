"""Spectra in a folder: found, sorted into visits, or listed with a reason."""

from hotspots.archive.find import find_products
from hotspots.archive.products import IssueStatus
from hotspots.archive.visits import group_visits, unassigned_issues
from tests.helpers.archive_files import write_frame
from tests.helpers.spectrum_files import spectra_values, write_spectrum

NAME = "JIR_SPE_RDR_2023212T044012_V01"


def reasons(inventory):
    return {issue.product_id: (issue.status, issue.reason) for issue in inventory.issues}


def test_spectra_belong_to_the_visit_of_their_orbit(tmp_path):
    write_frame(tmp_path)
    write_spectrum(tmp_path)
    inventory = find_products(tmp_path)
    assert not inventory.issues
    (visit,) = group_visits(inventory)
    assert [one.product_id for one in visit.spectra] == [NAME]
    assert visit.name == "PJ53"
    assert not unassigned_issues(inventory, [visit])


def test_spectrum_without_an_orbit_goes_with_its_neighbours(tmp_path):
    write_frame(tmp_path)
    write_spectrum(tmp_path, ORBIT_NUMBER=None)
    (visit,) = group_visits(find_products(tmp_path))
    assert visit.spectra[0].orbit == 53


def test_spectra_without_images_make_no_visit(tmp_path):
    write_spectrum(tmp_path)
    inventory = find_products(tmp_path)
    assert not group_visits(inventory)
    (issue,) = unassigned_issues(inventory, ())
    assert issue.product_id == NAME
    assert "without images" in issue.reason


def test_damaged_raw_and_other_spectra_have_reasons(tmp_path):
    label = write_spectrum(tmp_path)
    label.write_bytes(label.read_bytes()[:700])
    raw = "JIR_SPE_EDR_2023212T044012_V01"
    (tmp_path / f"{raw}.LBL").write_text("END\n")
    dark = "JIR_SPE_RDR_2023212T044112_V01"
    write_spectrum(tmp_path, dark, FRAME_TYPE='"DARK"')
    inventory = find_products(tmp_path)
    assert not inventory.spectra
    found = reasons(inventory)
    assert found[NAME][0] is IssueStatus.FAILED
    assert "END" in found[NAME][1]
    assert found[raw][0] is found[dark][0] is IssueStatus.IGNORED
    assert "JIR_SPE_RDR" in found[raw][1]
    assert "DARK" in found[dark][1]


def test_highest_version_is_kept(tmp_path):
    write_spectrum(tmp_path / "a", values=spectra_values(16))
    better = NAME.replace("V01", "V02")
    write_spectrum(tmp_path / "b", better, values=spectra_values(16))
    inventory = find_products(tmp_path)
    assert [one.product_id for one in inventory.spectra] == [better]
    assert "version" in reasons(inventory)[NAME][1]
