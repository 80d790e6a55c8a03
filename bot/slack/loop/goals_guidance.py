"""How much guidance somebody wants with a goal, in their own voice."""

from bot.domain.goals_guidance import GuidanceStage
from bot.words import Words


def stage_text(stage: GuidanceStage | None, words: Words) -> str:
    """As whoever learns says it; "" where they said nothing."""
    if stage is None:
        return ""
    return {
        GuidanceStage.DIRECTING: words.t("Show me how you do it"),
        GuidanceStage.QUESTIONING: words.t("Ask me questions, before you say yours"),
        GuidanceStage.DEBRIEFING: words.t("Let me tell you afterwards what I weighed"),
        GuidanceStage.INDEPENDENT: words.t("I go on alone, and ask when I need you"),
    }[stage]
