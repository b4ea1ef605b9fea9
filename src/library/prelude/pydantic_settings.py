"""Settings from the environment, as `pydantic_settings` reads them."""

import os

from pydantic import BaseModel, ConfigDict

SettingsConfigDict = ConfigDict


class BaseSettings(BaseModel):
    def __init__(self, **data):
        config = self.model_config
        known = {key.lower(): value for key, value in _from_file(config.get("env_file")).items()}
        known.update({key.lower(): value for key, value in os.environ.items()})
        prefix = config.get("env_prefix", "").lower()
        for name, field in type(self).model_fields.items():
            for key in (name, field.alias, getattr(field, "validation_alias", None)):
                if isinstance(key, str) and name not in data:
                    value = known.get((prefix if key == name else "") + key.lower())
                    if value is not None:
                        data[name] = _typed(value, field.annotation)
        BaseModel.__init__(self, **data)


def _from_file(files):
    if not files:
        return {}
    from dotenv import dotenv_values

    found = {}
    for one in [files] if not isinstance(files, (list, tuple)) else files:
        if os.path.exists(str(one)):
            found.update({key: value for key, value in dotenv_values(str(one)).items() if value is not None})
    return found


def _typed(value, annotation):
    parts = getattr(annotation, "__args__", None) or (annotation,)
    for one in parts:
        if one is bool:
            return value.strip().lower() in ("1", "true", "t", "yes", "y", "on")
        if one in (int, float):
            return one(value)
        if one in (list, dict) or getattr(one, "__origin__", None) in (list, dict):
            import json

            return json.loads(value)
    return value
