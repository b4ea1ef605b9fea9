"""Sessions with `exec`."""

from sqlalchemy.orm.session import Session as _Session

from ..sql.expression import SelectOfScalar


class Session(_Session):
    def exec(self, statement, *, params=None, execution_options=None, bind_arguments=None, **kw):
        result = self.execute(statement, params)
        return result.scalars() if isinstance(statement, SelectOfScalar) else result
