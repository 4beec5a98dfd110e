"""PDS3 labels of simulated spectra, in the form of the archive's.

The data are little-endian, which no keyword says: the layout is left to a format file.
"""

from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.simulation.labels import label_records, statement

__all__ = ["spectrum_label"]


def spectrum_label(product: SpectrumProduct, *, stop_clock: str, stop_time: str) -> bytes:
    """Content of the label of a calibrated spectrum.

    Parameters
    ----------
    product : SpectrumProduct
    stop_clock, stop_time : str
        End of the exposure, as clock count and as UTC.

    Returns
    -------
    bytes
        ASCII records of 80 bytes.
    """
    source = product.product_id.replace("_RDR_", "_EDR_")
    return label_records(
        [
            statement("PDS_VERSION_ID", "PDS3"),
            "",
            "/* SIMULATED: this product was computed, it is no observation */",
            statement("DATA_SET_ID", '"JNO-J-JIRAM-3-RDR-V1.0"'),
            statement("PRODUCT_ID", product.product_id),
            statement("PRODUCT_TYPE", "RDR"),
            statement("START_TIME", product.start_time_label),
            statement("STOP_TIME", stop_time),
            statement("SPACECRAFT_CLOCK_START_COUNT", f'"{product.start_clock}"'),
            statement("SPACECRAFT_CLOCK_STOP_COUNT", f'"{stop_clock}"'),
            statement("STANDARD_DATA_PRODUCT_ID", '"SPECTRAL"'),
            statement("PRODUCER_FULL_NAME", '"SIMULATION OF HOTSPOTS"'),
            statement("MD5_CHECKSUM", f'"{product.md5}"'),
            statement("INSTRUMENT_HOST_NAME", '"JUNO"'),
            statement("INSTRUMENT_ID", '"JIR"'),
            statement("ORBIT_NUMBER", product.orbit),
            statement("TARGET_NAME", '"N/A"'),
            statement("JNO:TARGET_PRESENCE_FLAG", '"010000000000000"'),
            "",
            statement("OBJECT", "FILE"),
            statement("  RECORD_TYPE", "FIXED_LENGTH"),
            statement("  FILE_RECORDS", product.rows),
            statement("  RECORD_BYTES", 4 * product.channels),
            statement("  FRAME_TYPE", f'"{product.frame_type}"'),
            statement("  DATA_QUALITY_ID", '"1"'),
            statement("  UNIT", '"W/(m^2*sr*micron)"'),
            statement("^TABLE", f'"{product.data_path.name}"'),
            "",
            statement("OBJECT", "HISTORY"),
            statement("  CALIBRATION_SOURCE_ID", '"JIR_SPE_RESPONSIVITY_V02.DAT"'),
            statement("  SOURCE_PRODUCT_ID", f'"{source}.DAT"'),
            statement("END_OBJECT", "HISTORY"),
            "",
            statement("OBJECT", "TABLE"),
            statement("  ROWS", product.rows),
            statement("  ROW_BYTES", 4 * product.channels),
            statement("  INTERCHANGE_FORMAT", "BINARY"),
            statement("  ^STRUCTURE", '"JIR_SPE_RDR_V02.FMT"'),
            statement("  COLUMNS", product.channels),
            statement("END_OBJECT", "TABLE"),
            statement("END_OBJECT", "FILE"),
            "END",
        ]
    )
