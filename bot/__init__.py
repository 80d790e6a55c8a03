"""Pairloop's rooms, from the street to the quiet one in the middle.

bot/cli/          a person calls us      bot/playground/  a local stand-in for Slack, with rooms of its own:
bot/bootstrap.py  builds and connects                     blocks, workspace, app, person, control, methods
handlers/         Slack calls us         scheduler/       time calls us
bot/slack/        we call Slack          storage/         we call the database
bot/usecases/     one function for each thing that a person or the clock does, in the same rooms as bot/slack/:
                  people, programme, loop, rhythm, repository, delivery, home
bot/ports.py      what the use cases need from outside
bot/domain/       the rules: frozen dataclasses and pure functions
"""
