import pytest

from hotspots.catalogue.spectrum_records import SlitPixelRecord, SpectrumRecord, SpectrumStatus
from hotspots.errors import ProductError
from hotspots.products.spectra import SpectraProducts, read_spectra_table, write_spectra
from hotspots.products.tables import read_rows

MEASURED = SpectrumRecord(
    product_id="JIR_SPE_RDR_2020048T003648_V01",
    source_id="PJ25_001",
    status=SpectrumStatus.MEASURED,
    row=119.97,
    lat_deg=8.9882,
    lon_east_deg=177.8528,
    light_share=0.473,
    light_share_sigma=0.137,
    m_power_gw_um=24.4,
    m_power_sigma_gw_um=7.1,
    m_over_imager=0.885,
    m_difference_sigma=-0.44,
    temperature_k=519.9,
    temperature_lo_k=512.1,
    spectrum_chi2=1.02,
)
REFUSED = SpectrumRecord(
    product_id="JIR_SPE_RDR_2023212T044417_V01",
    source_id=None,
    status=SpectrumStatus.UNUSABLE,
    reason="the slit misses Io",
)


def test_tables_are_read_back(tmp_path):
    pixel = SlitPixelRecord(
        product_id=MEASURED.product_id,
        slit_row=7,
        lat_deg=1.5,
        lon_east_deg=20.25,
        l_radiance_w_m2_sr_um=None,
        m_radiance_w_m2_sr_um=0.0375,
    )
    write_spectra(tmp_path, SpectraProducts((MEASURED, REFUSED), (pixel,)))
    assert read_spectra_table(tmp_path / "spectra.csv") == (MEASURED, REFUSED)
    assert read_rows(tmp_path / "slits.csv", SlitPixelRecord) == (pixel,)


def test_other_tables_are_refused(tmp_path):
    write_spectra(tmp_path, SpectraProducts((), ()))
    with pytest.raises(ProductError, match="no column"):
        read_spectra_table(tmp_path / "slits.csv")
