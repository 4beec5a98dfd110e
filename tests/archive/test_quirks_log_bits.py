from hotspots.archive import quirks


def test_sign_is_bit_16_and_not_bit_15():
    assert quirks.nadir_offset_is_negative(0b1)
    assert not quirks.nadir_offset_is_negative(0b10)
