import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.radiometer.products import find_radiometer_hours
from hotspots.config.radiometer import RadiometerSettings
from hotspots.pipeline.radiometer_reading import read_radiometer
from hotspots.pipeline.radiometer_swath import calibrate_radiometer
from hotspots.radiometer import RowFlag
from tests.helpers.radiometer_flyby import write_flyby


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_flyby(tmp_path_factory.mktemp("radiometer"))


@pytest.fixture(scope="module")
def calibrated(archive):
    with KernelPool(find_metakernel(archive)):
        reading = read_radiometer(find_radiometer_hours(archive).hours, 0.1, 600.0)
        return calibrate_radiometer("PJ57", reading.rows, RadiometerSettings())


def test_kernels_and_columns_agree(calibrated):
    assert np.all(calibrated.agreement.worst_deg < 0.01)
    assert calibrated.beams.known.all()


def test_sky_has_its_temperature_and_io_is_warmer(calibrated):
    beams, swath = calibrated.beams, calibrated.swath
    on_io = beams.io_angle_deg < 0.3 * beams.io_radius_deg[:, None]
    assert np.nanmedian(swath.antenna_k[:, 5][on_io[:, 5]]) > 60
    off_io = beams.io_angle_deg[:, 5] > 100
    assert np.nanmedian(swath.antenna_k[off_io, 5]) == pytest.approx(2.7, abs=0.3)


def test_turns_are_half_a_minute_long(calibrated):
    cuts = np.flatnonzero(np.diff(calibrated.swath.spin))
    assert len(cuts) >= 3
    assert np.diff(calibrated.swath.et[cuts]) == pytest.approx(30.0, abs=1.5)


def test_rows_without_geolocation_look_where_the_kernels_say(calibrated):
    lost = (calibrated.swath.flags[:, 0] & RowFlag.NO_GEOLOCATION) != 0
    assert lost.any()
    assert calibrated.beams.known[lost].all()
