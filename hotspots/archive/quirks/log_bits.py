"""Faults of the labels that describe the bits of LOG tables."""

__all__ = ["nadir_offset_is_negative"]


def nadir_offset_is_negative(status_word: int) -> bool:
    """Sign of NADIR_OFFSET, which is bit 16 of STATUS and not bit 15 as labels say.

    HITS: LOG_IMG and LOG_SPE labels, EDR and RDR: NADIR_OFFSET_SIGN has START_BIT 15,
    inside the seven spare bits 9 to 15; its DESCRIPTION is that of another column.

    Parameters
    ----------
    status_word : int
        The 16 bits of STATUS.

    Returns
    -------
    bool
    """
    return bool(status_word & 1)
