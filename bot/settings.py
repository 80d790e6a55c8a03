"""What can be set: from the environment or a `.env` file, read once, each wrong value named."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.clock import clock_address
from bot.domain.errors import SettingsWrong

WHERE_FROM = {
    "SLACK_BOT_TOKEN": "“OAuth & Permissions” › “Bot User OAuth Token”, begins with xoxb-",
    "SLACK_APP_TOKEN": "“Basic Information” › “App-Level Tokens”, with connections:write, begins with xapp-",
}


class Settings(BaseSettings):
    """The settings under the names that people know; see README for the table."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    bot_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    app_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_SIGNING_SECRET")
    api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    database_url: str = Field(
        default="sqlite:///pairloop.sqlite3",
        validation_alias="DATABASE_URL",
        repr=False,  # it may hold a password
    )
    admins: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), validation_alias="PAIRLOOP_ADMINS"
    )
    open_pairing: bool = Field(default=False, validation_alias="PAIRLOOP_OPEN")
    feed_hosts: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(), validation_alias="PAIRLOOP_FEED_HOSTS"
    )
    clock_url: str = Field(default="", validation_alias="PAIRLOOP_CLOCK_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="PAIRLOOP_LOG_LEVEL"
    )

    def need_tokens(self) -> None:
        """SettingsWrong names each token that is missing, and where it is found."""
        tokens = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_APP_TOKEN": self.app_token}
        if missing := [name for name, token in tokens.items() if not token.get_secret_value()]:
            raise SettingsWrong(
                [f"{name}: missing; at https://api.slack.com/apps › {WHERE_FROM[name]}" for name in missing]
            )

    @field_validator("feed_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        return _between_commas(value) if isinstance(value, str) else value

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = _between_commas(value)
        if wrong := [name for name in names if not name.startswith(("U", "W"))]:
            raise ValueError(f"Slack user ids begin with U or W, and {wrong[0]!r} does not")
        return names

    @field_validator("bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("a bot token begins with xoxb-")
        return value

    @field_validator("app_token")
    @classmethod
    def _app_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token begins with xapp-")
        return value

    @field_validator("clock_url")
    @classmethod
    def _clock(cls, value: str) -> str:
        return clock_address(value) if value else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _base(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("the address of Slack's Web API begins with https://")
        return value.rstrip("/") + "/"


def _between_commas(value: str) -> frozenset[str]:
    """What stands between commas."""
    return frozenset(filter(None, (name.strip() for name in value.split(","))))


def read_settings(env_file: Path | None = Path(".env"), **given: object) -> Settings:
    """The settings, with `given` before the environment. SettingsWrong names each wrong value."""
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[arg-type]  # pydantic reads the rest itself
    except ValidationError as error:
        raise SettingsWrong(
            [f"{e['loc'][0]}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]
        ) from error
