"""What Slack calls, and who answers: the table of contents of everything that a person can do."""

import re
from collections.abc import Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.ports import Deps
from bot.slack.home import commands as command_ids
from bot.slack.home import home_people as home_ids
from bot.slack.loop import charts as chart_ids
from bot.slack.loop import drifts as drift_ids
from bot.slack.loop import evidence as evidence_ids
from bot.slack.loop import experiment_cards as experiment_card_ids
from bot.slack.loop import experiment_room as room_ids
from bot.slack.loop import experiment_wording as wording_ids
from bot.slack.loop import experiments as experiment_ids
from bot.slack.loop import goals as goal_ids
from bot.slack.loop import goals_beginning as goals_beginning_ids
from bot.slack.loop import hints as hint_ids
from bot.slack.loop import next_steps as next_step_ids
from bot.slack.loop import replies as reply_ids
from bot.slack.loop import responses as response_ids
from bot.slack.loop import result_cards as result_card_ids
from bot.slack.loop import results as result_ids
from bot.slack.loop import results_sticking as stick_ids
from bot.slack.loop import setbacks as setback_ids
from bot.slack.loop import suggestion_cards as suggestion_card_ids
from bot.slack.loop import suggestions as suggestion_ids
from bot.slack.programme import cohorts as cohort_ids
from bot.slack.programme import cohorts_holidays as holiday_ids
from bot.slack.programme import feeds as feed_ids
from bot.slack.programme import pairs as pair_ids
from bot.slack.programme import pairs_leaving as leaving_ids
from bot.slack.programme import pairs_until as until_ids
from bot.slack.programme import pairs_writing
from bot.slack.programme import requests as request_ids
from bot.slack.repository import closings as closing_ids
from bot.slack.repository import insights as insight_ids
from bot.slack.repository import search as search_ids
from bot.slack.repository import search_things as thing_ids
from bot.slack.rhythm import asks as ask_ids
from bot.slack.rhythm import checkins as checkin_ids
from bot.slack.rhythm import checkins_heads_up as heads_up_ids
from bot.slack.rhythm import checkins_shelf as checkin_shelf_ids
from bot.slack.rhythm import ledger as ledger_ids
from bot.slack.rhythm import owed_replies as owed_ids
from bot.slack.rhythm import owed_replies_cards as owed_card_ids
from bot.slack.rhythm import sessions as session_ids
from handlers import (
    admins,
    asks,
    charters,
    charts,
    checkins,
    checkins_shelf,
    closings,
    cohorts,
    cohorts_copying,
    commands,
    competencies,
    drifts,
    evidence,
    experiments,
    feeds,
    figures,
    goals,
    goals_beginning,
    greetings,
    home,
    insights,
    ladders,
    ledger,
    matching,
    members,
    milestones,
    next_steps,
    objectives,
    observations,
    owed_replies,
    pairs,
    pairs_circles,
    pairs_replacing,
    pairs_until,
    pauses,
    pieces,
    portfolios,
    previews,
    profiles,
    pulses,
    questions,
    quotes,
    readings,
    repairs,
    replies,
    requests,
    responses,
    results,
    results_sticking,
    reviews,
    rhythms,
    saved_searches,
    search,
    sessions,
    setbacks,
    settings,
    suggestions,
    talks,
    thanks,
    turns,
    two_lines,
)
from handlers import experiment_cards as cards
from handlers import unhandled as unhandled
from handlers.afterwards import Afterwards
from handlers.calls import Listener
from handlers.entrance import BoltListener, News, entrance, hearing

COMMANDS: dict[str, Listener] = {
    "/loop": commands.run_command,
}

VIEWS: dict[str, Listener] = {
    **admins.FORMS,
    **charters.FORMS,
    **evidence.FORMS,
    **insights.FORMS,
    **ladders.FORMS,
    **milestones.FORMS,
    **objectives.FORMS,
    **pairs_circles.FORMS,
    **pairs_replacing.FORMS,
    **cohorts_copying.FORMS,
    **competencies.FORMS,
    **profiles.FORMS,
    **matching.FORMS,
    **observations.FORMS,
    **pauses.FORMS,
    **portfolios.FORMS,
    **pulses.FORMS,
    **questions.FORMS,
    **quotes.FORMS,
    **readings.FORMS,
    **saved_searches.FORMS,
    **repairs.FORMS,
    **thanks.FORMS,
    **reviews.FORMS,
    **rhythms.FORMS,
    **settings.FORMS,
    **talks.FORMS,
    **turns.FORMS,
    **two_lines.FORMS,
    goal_ids.SET: goals.submit_goal,
    checkin_ids.SEND: checkins.submit_check_in,
    checkin_ids.PUT_OFF: checkins.submit_later,
    ask_ids.SEND: asks.submit_ask,
    ask_ids.ANSWER_SEND: asks.submit_answer,
    owed_ids.NAME_DAY: owed_replies.submit_other_day,
    owed_ids.PAUSED: owed_replies.submit_pause,
    session_ids.TELL: sessions.submit_talked,
    experiment_ids.COMMIT: experiments.submit_experiment,
    experiment_ids.MOVED: experiments.submit_move,
    hint_ids.ADD: cards.submit_hint,
    suggestion_ids.SEND: suggestions.submit_suggestions,
    result_ids.TELL: results.submit_result,
    response_ids.SEND: responses.submit_response,
    reply_ids.SEND: replies.submit_reply,
    cohort_ids.CHECK: cohorts.check_cohort,
    holiday_ids.ADD_DAYS: cohorts.submit_cohort_days_off,
    cohort_ids.SET: cohorts.submit_cohort,
    feed_ids.SEND: feeds.submit_feed,
    pair_ids.CHECK: pairs.check_pair,
    pair_ids.SEND: pairs.submit_ask,
    leaving_ids.LEAVE: closings.submit_leave,
    until_ids.NAME: pairs_until.submit_end,
    request_ids.SEND: requests.submit_help,
    closing_ids.SEND: closings.submit_closing,
    search_ids.FIND: search.submit_search,
}

ACTIONS: dict[str, Listener] = {
    **admins.PRESSES,
    **charters.PRESSES,
    **evidence.PRESSES,
    **figures.PRESSES,
    **insights.PRESSES,
    **ladders.PRESSES,
    **milestones.PRESSES,
    **objectives.PRESSES,
    **pairs_circles.PRESSES,
    **pairs_replacing.PRESSES,
    **cohorts_copying.PRESSES,
    **pieces.PRESSES,
    **competencies.PRESSES,
    **profiles.PRESSES,
    **matching.PRESSES,
    **observations.PRESSES,
    **pauses.PRESSES,
    **thanks.PRESSES,
    **portfolios.PRESSES,
    **previews.PRESSES,
    **pulses.PRESSES,
    **questions.PRESSES,
    **quotes.PRESSES,
    **readings.PRESSES,
    **saved_searches.PRESSES,
    **repairs.PRESSES,
    **reviews.PRESSES,
    **rhythms.PRESSES,
    **settings.PRESSES,
    **talks.PRESSES,
    **turns.PRESSES,
    **two_lines.PRESSES,
    **cohorts.DAYS_OFF_PRESSES,
    home_ids.SHOW_ALL: home.show_everyone,
    ask_ids.ANSWER: asks.open_answer,
    ask_ids.DISCUSS: asks.press_discuss,
    ask_ids.UNDISCUSS: asks.press_undiscuss,
    ask_ids.BECOME_TRY: asks.become_try,
    owed_ids.ANOTHER_DAY: owed_replies.open_other_day,
    owed_ids.TALK: owed_replies.press_talk,
    owed_ids.ELSEWHERE: owed_replies.press_elsewhere,
    owed_ids.PAUSE: owed_replies.open_pause,
    owed_card_ids.WITHDRAW: owed_replies.press_withdraw,
    ask_ids.THANK: asks.press_thanks,
    session_ids.TRY: sessions.become_try,
    session_ids.THANK: sessions.press_thanks,
    session_ids.GO_ON: sessions.press_go_on,
    session_ids.RATHER: requests.open_rather,
    ask_ids.CHANGE_ANSWER: asks.change_answer,
    ask_ids.TAKE_BACK: asks.press_take_back,
    goals_beginning_ids.USE: goals_beginning.use_way,
    goals_beginning_ids.TALK: goals_beginning.press_talk,
    goal_ids.OPEN: goals.open_goal,
    goal_ids.MORE: goals.show_more,
    goal_ids.NEW: goals.new_goal,
    goal_ids.PAIR: goals.choose_pair,
    goal_ids.MENU: goals.choose_from_menu,
    goal_ids.REACHED: goals.reach_goal,
    goal_ids.DROP: goals.drop_goal,
    goal_ids.NEW_DAY: goals.choose_new_day,
    drift_ids.STAYS: drifts.press_stays,
    goal_ids.REOPEN: goals.reopen_goal,
    goal_ids.SHARPEN_SITUATION: goals.sharpen_situation,
    goal_ids.SHARPEN_SIGN: goals.sharpen_sign,
    checkin_ids.ANSWER: checkins.answer_check_in,
    checkin_ids.NOTHING_NEW: checkins.press_nothing_new,
    checkin_shelf_ids.TAKE: checkins_shelf.press_take,
    checkin_shelf_ids.NOT_NOW: checkins_shelf.press_not_now,
    checkin_shelf_ids.NEVER: checkins_shelf.press_never,
    checkin_ids.DISCUSS: checkins.press_discuss,
    checkin_ids.UNDISCUSS: checkins.press_undiscuss,
    checkin_ids.LATER: checkins.open_later,
    heads_up_ids.SKIP: checkins.press_skip_ahead,
    **dict.fromkeys((checkin_ids.HOUR, checkin_ids.TOMORROW), checkins.press_later),
    checkin_ids.MENU: checkins.choose_later,
    experiment_ids.OPEN: experiments.open_experiment,
    experiment_ids.MORE: experiments.show_more,
    experiment_ids.NUMBER: experiments.show_another_number,
    experiment_ids.PAIR: experiments.choose_pair,
    experiment_ids.SHELF: experiments.choose_from_shelf,
    room_ids.SWAP: experiments.swap_experiment,
    room_ids.UNSWAP: experiments.keep_after_all,
    room_ids.MAKE_ROOM: experiments.make_room,
    experiment_ids.CHANGE: experiments.change_experiment,
    experiment_ids.SHRINK: experiments.shrink_experiment,
    wording_ids.SHARPEN: experiments.sharpen_experiment,
    experiment_ids.MOVE: experiments.open_move,
    experiment_ids.DROP: experiments.drop,
    experiment_ids.REFRAME: experiments.reframe_experiment,
    experiment_card_ids.MENU: cards.choose_from_menu,
    experiment_card_ids.DISCUSS: experiments.discuss,
    experiment_card_ids.UNDISCUSS: experiments.undiscuss,
    suggestion_ids.AFTER_RESULT: suggestions.suggest_after_result,
    suggestion_ids.AFTER_ASK: suggestions.suggest_after_ask,
    suggestion_ids.ANOTHER: suggestions.show_another,
    suggestion_ids.SHELF: suggestions.choose_from_shelf,
    suggestion_card_ids.MAKE: suggestions.make_mine,
    suggestion_card_ids.DECLINE: suggestions.decline,
    suggestion_card_ids.DISCUSS: suggestions.discuss,
    suggestion_card_ids.UNDISCUSS: suggestions.undiscuss,
    suggestion_card_ids.MENU: suggestions.choose_from_menu,
    hint_ids.OPEN: cards.open_hint,
    result_ids.HAPPENED: results.ask_result,
    result_ids.DID: results.press_did,
    result_ids.PARTLY: results.press_partly,
    result_ids.DIDNT: results.press_didnt,
    result_ids.LET_GO: results.press_let_go,
    result_ids.MORE: results.show_more,
    result_ids.CHANGE: results.change_result,
    response_ids.OPEN: responses.open_response,
    response_ids.MORE: responses.show_more,
    response_ids.SEEN: responses.press_seen,
    response_ids.THANK: responses.press_thanks,
    response_ids.DISCUSS: results.press_discuss,
    response_ids.UNDISCUSS: results.press_undiscuss,
    reply_ids.OPEN: replies.open_reply,
    stick_ids.WANTED: results_sticking.press_stick,
    stick_ids.UNWANTED: results_sticking.press_unstick,
    **dict.fromkeys(stick_ids.ANSWERS, results_sticking.press_stuck),
    next_step_ids.TRY: next_steps.try_something,
    setback_ids.SAY: setbacks.say_not,
    setback_ids.ANOTHER_WAY: setbacks.try_another_way,
    setback_ids.ASK: setbacks.ask_about,
    response_ids.CHANGE: responses.change_response,
    response_ids.TAKE_BACK: responses.press_take_back,
    chart_ids.SHOW: charts.press_show,
    result_card_ids.TO_INSIGHT: insights.open_from_result,
    **dict.fromkeys((ledger_ids.PAGE, ledger_ids.EARLIER), ledger.turn_page),
    ledger_ids.LESS: ledger.press_less,
    ledger_ids.AS_BEFORE: ledger.press_as_before,
    cohort_ids.NEW: cohorts.open_new,
    cohort_ids.EDIT: cohorts.open_edit,
    cohort_ids.BACK: cohorts.back_to_form,
    cohort_ids.SHOW: cohorts.show_cohort,
    cohort_ids.PAUSE: cohorts.pause_cohort,
    cohort_ids.RESUME: cohorts.resume_cohort,
    cohort_ids.END: cohorts.end_cohort,
    cohort_ids.TEST: cohorts.press_test,
    feed_ids.OPEN: feeds.open_feed,
    cohort_ids.PAIRS: pairs.open_list,
    pair_ids.OPEN: pairs.open_pair,
    pair_ids.ASK: pairs.press_ask,
    pair_ids.CHANGE: pairs.change_pair,
    pair_ids.BACK: pairs.back_to_form,
    pair_ids.YES: pairs.press_yes,
    pair_ids.NO: pairs.press_no,
    pair_ids.HOW: pairs.show_how,
    pair_ids.END: pairs.press_end,
    pairs_writing.WRITE: pairs.press_write,
    until_ids.RENEW: pairs_until.open_renew,
    until_ids.GO_ON: pairs_until.press_go_on,
    pair_ids.RESUME: pairs.press_resume,
    pair_ids.EARLIER: pairs.turn_page,
    pair_ids.LATER: pairs.turn_page,
    closing_ids.OPEN: closings.open_closing,
    request_ids.PARTNER: requests.open_help,
    request_ids.TALK: requests.open_help,
    request_ids.TAKE: requests.press_take,
    request_ids.DONE: requests.press_done,
    request_ids.WAITING: requests.show_waiting,
    **dict.fromkeys((search_ids.OPEN, *search_ids.OPENS), search.open_found),
    **dict.fromkeys(search_ids.NARROWS, search.search_again),
    thing_ids.TRY: search.try_found,
    search_ids.MORE: search.search_again,
    search_ids.EARLIER: search.search_again,
    search_ids.INSTEAD: search.search_again,
    search_ids.FILTER: search.open_filter,
    search_ids.HOME_ENTER: search.enter_words,
}

# Buttons that do what typing a command does.
RUN_BUTTON = re.compile(rf"^{re.escape(command_ids.RUN)}\.")

EVENTS: dict[str, Listener] = {
    "app_home_opened": home.open_home,
}

# What no person calls for, by the names in the manifest.
NEWS: dict[str, News] = {
    "message.im": greetings.hear_of_message,
    "user_change": members.hear_of_member,
    "team_join": members.hear_of_member,
    "tokens_revoked": members.hear_of_farewell,
    "app_uninstalled": members.hear_of_farewell,
}

SHORTCUTS: dict[str, Listener] = {
    experiment_ids.SHORTCUT: experiments.open_experiment,
    evidence_ids.SHORTCUT: evidence.open_from_message,
    result_ids.SHORTCUT: results.ask_results,
    insight_ids.SHORTCUT: insights.open_from_message,
    search_ids.SHORTCUT: search.open_search,
}


def register(app: AsyncApp, deps: Deps) -> Afterwards:
    """Hang every listener on the app; returns what works on after Slack got its answers, to be closed at the end."""
    afterwards = Afterwards()
    enter: Callable[[Listener], BoltListener] = partial(entrance, deps, afterwards)
    for name, listener in COMMANDS.items():
        app.command(name)(enter(listener))
    for callback_id, listener in VIEWS.items():
        app.view(callback_id)(enter(listener))
    for action_id, listener in ACTIONS.items():
        app.action(action_id)(enter(listener))
    for action_id, listener in search.OFFERS.items():
        app.options(action_id)(enter(listener))
    app.action(RUN_BUTTON)(enter(commands.run_again))
    for name, listener in EVENTS.items():
        app.event(name)(enter(listener))
    for callback_id, listener in SHORTCUTS.items():
        app.shortcut(callback_id)(enter(listener))
    for name, news in NEWS.items():
        listener = hearing(deps, afterwards, news)
        app.event(name.partition(".")[0])(listener)  # Slack leaves out where a message was written
    app.error(unhandled.answer_unhandled)
    return afterwards
