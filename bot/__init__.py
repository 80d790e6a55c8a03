"""Pairloop's rooms, from the street to the quiet one in the middle.

cli.py        a person calls us
bootstrap.py  the only place that builds and connects things
handlers/     Slack calls us          scheduler/  time calls us
bot/slack/    we call Slack           storage/    we call the database
bot/usecases/ one function per thing that a person or the clock does
bot/ports.py  what the use cases need from outside
bot/domain/   the rules: frozen dataclasses and pure functions
"""
