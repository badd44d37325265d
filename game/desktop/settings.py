"""What has the person set, and where is it kept?"""

import json
from pathlib import Path

import platformdirs
from pydantic import BaseModel, Field, ValidationError

from game.locale import LANGUAGES, asked_language, language


class Settings(BaseModel):
    """What a person can set."""

    lang: str = Field(default_factory=language, description="Language of the window.")
    text_size: int = Field(default=100, ge=80, le=200, description="Size of texts in percent.")
    full_screen: bool = False
    reduced_motion: bool = False


def path() -> Path:
    """Return where the settings are kept."""
    return Path(platformdirs.user_config_dir("rival-readings", appauthor=False)) / "window.json"


def kept() -> Settings:
    """Return the settings as kept, in the language asked for if one was; a new person's if none can be read."""
    try:
        found = Settings.model_validate_json(path().read_text("utf-8"))
    except (OSError, ValueError, ValidationError):
        return Settings()
    wanted = asked_language() or found.lang
    return found.model_copy(update={"lang": wanted}) if wanted in LANGUAGES else Settings()


def keep(settings: Settings) -> None:
    """Keep the settings; where they cannot be written they hold until the window closes."""
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        path().write_text(json.dumps(settings.model_dump()), "utf-8")
    except OSError:
        return
