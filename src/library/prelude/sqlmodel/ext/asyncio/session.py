"""Async sessions with `exec`."""

from sqlalchemy.ext.asyncio import AsyncSession as _AsyncSession

from ...orm.session import Session


class AsyncSession(_AsyncSession):
    sync_session_class = Session

    async def exec(self, statement, *, params=None, **kw):
        return self.sync_session.exec(statement, params=params)
