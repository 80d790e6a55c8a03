"""How much guidance somebody wants with a goal, as they say themselves."""

from enum import StrEnum


class GuidanceStage(StrEnum):
    """From being shown to going on alone; a mentor's part moves from directing to questioning to debriefing."""

    DIRECTING = "directing"
    QUESTIONING = "questioning"
    DEBRIEFING = "debriefing"
    INDEPENDENT = "independent"
