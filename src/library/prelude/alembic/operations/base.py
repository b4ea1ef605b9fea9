"""`Operations`: the methods behind `alembic.op`."""

from contextlib import contextmanager

from sqlalchemy import _lower as lower
from sqlalchemy.sql.elements import conv
from sqlalchemy.sql.expression import literal as sql_literal

from _retort import ask
from alembic.util.langhelpers import Dispatcher
from alembic.util.langhelpers import EMPTY_DICT
from alembic.util.langhelpers import Proxied

from . import ops
from .schemaobj import promised


class AbstractOperations(Proxied):
    """What `op` and `batch_op` share."""

    _to_impl = Dispatcher()

    def __init__(self, migration_context, impl=None):
        self.migration_context = migration_context
        self.impl = impl if impl is not None else migration_context.impl
        self._depth = 0

    @classmethod
    def register_operation(cls, name, sourcename=None):
        def register(op_cls):
            fn = getattr(op_cls, sourcename or name)

            def method(self, *args, **kw):
                return fn(self, *args, **kw)

            method.__name__ = name
            setattr(cls, name, method)
            cls._add_proxy(name)
            return op_cls

        return register

    @classmethod
    def implementation_for(cls, op_cls, replace=False):
        def decorate(fn):
            cls._to_impl.dispatch_for(op_cls, replace=replace)(fn)
            return fn

        return decorate

    @classmethod
    @contextmanager
    def context(cls, migration_context):
        op = Operations(migration_context)
        op._install_proxy()
        try:
            yield op
        finally:
            op._remove_proxy()

    def get_context(self):
        return self.migration_context

    def get_bind(self):
        return self.migration_context.bind

    def f(self, name):
        return conv(name)

    def inline_literal(self, value, type_=None):
        return lower.inline_literal(value, type_) if hasattr(lower, "inline_literal") else sql_literal(
            value, type_, literal_execute=True
        )

    def run_async(self, async_function, *args, **kw_args):
        import asyncio

        if self.migration_context.as_sql:
            raise NotImplementedError("SQL does not support asynchronous operations")
        bind = self.get_bind()
        connection = getattr(bind, "_async_connection", None)
        if connection is None:
            from sqlalchemy.ext.asyncio import AsyncConnection

            connection = AsyncConnection._retrieve_proxy_for_target(bind)
        return asyncio._run_nested(async_function(connection, *args, **kw_args))

    def invoke(self, operation):
        """Runs an operation: by the function that a user registered for its class, otherwise by the engine."""
        fn = self._to_impl.find(operation)
        if fn is not None and self._running is not operation:
            return self._invoke_registered(fn, operation)
        return self._invoke_built_in(operation)

    _running = None

    def _invoke_registered(self, fn, operation):
        before, self._running = self._running, operation
        group = ask("group_begin", "Custom", type(operation).__name__)
        try:
            return fn(self, operation)
        finally:
            self._running = before
            ask("group_end", group)

    def _invoke_built_in(self, operation):
        if isinstance(operation, ops.CreateTableOp):
            return self._create_table(operation)
        if isinstance(operation, ops.OpContainer):
            return [self.invoke(inner) for inner in operation.ops]
        if isinstance(operation, ops.ExecuteSQLOp):
            return self._execute(operation)
        if isinstance(operation, ops.BulkInsertOp) and not operation.rows:
            ops.check_rows(operation.rows)
            return None
        return self._run(operation.to_data(self.migration_context))

    def _create_table(self, operation):
        table = operation.to_table(self.migration_context)
        self._run(operation.data_of(table))
        return table

    def _run(self, data):
        raise NotImplementedError

    def _execute(self, operation):
        self.migration_context.execute(operation.sqltext, operation.execution_options)

    def execute(self, sqltext, *, execution_options=None):
        self.invoke(ops.ExecuteSQLOp(sqltext, execution_options=execution_options))


class Operations(AbstractOperations):
    """`alembic.op`."""

    def _run(self, data):
        self.migration_context.run_operation(data)

    def _create_table(self, operation):
        value = operation.value(self.migration_context)
        if value is None:
            return super()._create_table(operation)
        self._run(value)
        return promised(operation, self.migration_context)

    def batch_alter_table(
        self,
        table_name,
        schema=None,
        recreate="auto",
        partial_reordering=None,
        copy_from=None,
        table_args=(),
        table_kwargs=EMPTY_DICT,
        reflect_args=(),
        reflect_kwargs=EMPTY_DICT,
        naming_convention=None,
    ):
        from .batch import BatchOperationsImpl

        return BatchOperationsImpl(
            self,
            table_name,
            schema,
            recreate,
            copy_from,
            table_args,
            table_kwargs,
            reflect_args,
            reflect_kwargs,
            naming_convention,
            partial_reordering,
        )

    def add_column(
        self,
        table_name,
        column,
        *,
        schema=None,
        if_not_exists=None,
        inline_references=None,
        inline_primary_key=None,
    ):
        return self.invoke(
            ops.AddColumnOp(
                table_name,
                column,
                schema=schema,
                if_not_exists=if_not_exists,
                inline_references=inline_references,
                inline_primary_key=inline_primary_key,
            )
        )

    def alter_column(
        self,
        table_name,
        column_name,
        *,
        nullable=None,
        comment=False,
        server_default=False,
        new_column_name=None,
        type_=None,
        existing_type=None,
        existing_server_default=False,
        existing_nullable=None,
        existing_comment=None,
        schema=None,
        **kw,
    ):
        return self.invoke(
            ops.AlterColumnOp(
                table_name,
                column_name,
                schema=schema,
                existing_type=existing_type,
                existing_server_default=existing_server_default,
                existing_nullable=existing_nullable,
                existing_comment=existing_comment,
                modify_name=new_column_name,
                modify_type=type_,
                modify_server_default=server_default,
                modify_nullable=nullable,
                modify_comment=comment,
                **kw,
            )
        )

    def bulk_insert(self, table, rows, *, multiinsert=True):
        self.invoke(ops.BulkInsertOp(table, rows, multiinsert=multiinsert))

    def create_check_constraint(self, constraint_name, table_name, condition, *, schema=None, **kw):
        return self.invoke(ops.CreateCheckConstraintOp(constraint_name, table_name, condition, schema=schema, **kw))

    def create_exclude_constraint(self, constraint_name, table_name, *elements, **kw):
        return self.invoke(ops.CreateExcludeConstraintOp(constraint_name, table_name, elements, **kw))

    def create_foreign_key(
        self,
        constraint_name,
        source_table,
        referent_table,
        local_cols,
        remote_cols,
        *,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        match=None,
        source_schema=None,
        referent_schema=None,
        **dialect_kw,
    ):
        return self.invoke(
            ops.CreateForeignKeyOp(
                constraint_name,
                source_table,
                referent_table,
                local_cols,
                remote_cols,
                onupdate=onupdate,
                ondelete=ondelete,
                deferrable=deferrable,
                source_schema=source_schema,
                referent_schema=referent_schema,
                initially=initially,
                match=match,
                **dialect_kw,
            )
        )

    def create_index(
        self, index_name, table_name, columns, *, schema=None, unique=False, if_not_exists=None, **kw
    ):
        return self.invoke(
            ops.CreateIndexOp(
                index_name, table_name, columns, schema=schema, unique=unique, if_not_exists=if_not_exists, **kw
            )
        )

    def create_primary_key(self, constraint_name, table_name, columns, *, schema=None):
        return self.invoke(ops.CreatePrimaryKeyOp(constraint_name, table_name, columns, schema=schema))

    def create_table(self, table_name, *columns, if_not_exists=None, **kw):
        return self.invoke(ops.CreateTableOp(table_name, columns, if_not_exists=if_not_exists, **kw))

    def create_table_comment(self, table_name, comment, *, existing_comment=None, schema=None):
        return self.invoke(
            ops.CreateTableCommentOp(table_name, comment, existing_comment=existing_comment, schema=schema)
        )

    def create_unique_constraint(self, constraint_name, table_name, columns, *, schema=None, **kw):
        return self.invoke(ops.CreateUniqueConstraintOp(constraint_name, table_name, columns, schema=schema, **kw))

    def drop_column(self, table_name, column_name, *, schema=None, **kw):
        return self.invoke(ops.DropColumnOp(table_name, column_name, schema=schema, **kw))

    def drop_constraint(self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None):
        return self.invoke(
            ops.DropConstraintOp(constraint_name, table_name, type_=type_, schema=schema, if_exists=if_exists)
        )

    def drop_index(self, index_name, table_name=None, *, schema=None, if_exists=None, **kw):
        return self.invoke(
            ops.DropIndexOp(index_name, table_name=table_name, schema=schema, if_exists=if_exists, **kw)
        )

    def drop_table(self, table_name, *, schema=None, if_exists=None, **kw):
        self.invoke(ops.DropTableOp(table_name, schema=schema, if_exists=if_exists, table_kw=kw))

    def drop_table_comment(self, table_name, *, existing_comment=None, schema=None):
        return self.invoke(ops.DropTableCommentOp(table_name, existing_comment=existing_comment, schema=schema))

    def rename_table(self, old_table_name, new_table_name, *, schema=None):
        return self.invoke(ops.RenameTableOp(old_table_name, new_table_name, schema=schema))


class BatchOperations(AbstractOperations):
    """`batch_op`: the same without the table's name."""

    def _run(self, data):
        self.impl.add(data)

    def _execute(self, operation):
        self.impl.add(operation.to_data(self.migration_context))

    def _noop(self, operation):
        raise NotImplementedError(
            "The %s method does not apply to a batch table alter operation." % operation
        )

    @property
    def _where(self):
        return {"schema": self.impl.schema}

    def add_column(
        self,
        column,
        *,
        insert_before=None,
        insert_after=None,
        if_not_exists=None,
        inline_references=None,
        inline_primary_key=None,
    ):
        kw = {"insert_before": insert_before, "insert_after": insert_after}
        return self.invoke(
            ops.AddColumnOp(
                self.impl.table_name,
                column,
                if_not_exists=if_not_exists,
                inline_references=inline_references,
                inline_primary_key=inline_primary_key,
                **self._where,
                **{key: value for key, value in kw.items() if value},
            )
        )

    def alter_column(
        self,
        column_name,
        *,
        nullable=None,
        comment=False,
        server_default=False,
        new_column_name=None,
        type_=None,
        existing_type=None,
        existing_server_default=False,
        existing_nullable=None,
        existing_comment=None,
        insert_before=None,
        insert_after=None,
        **kw,
    ):
        return self.invoke(
            ops.AlterColumnOp(
                self.impl.table_name,
                column_name,
                existing_type=existing_type,
                existing_server_default=existing_server_default,
                existing_nullable=existing_nullable,
                existing_comment=existing_comment,
                modify_name=new_column_name,
                modify_type=type_,
                modify_server_default=server_default,
                modify_nullable=nullable,
                modify_comment=comment,
                insert_before=insert_before,
                insert_after=insert_after,
                **self._where,
                **kw,
            )
        )

    def create_check_constraint(self, constraint_name, condition, **kw):
        return self.invoke(
            ops.CreateCheckConstraintOp(constraint_name, self.impl.table_name, condition, **self._where, **kw)
        )

    def create_exclude_constraint(self, constraint_name, *elements, **kw):
        return self.invoke(
            ops.CreateExcludeConstraintOp(constraint_name, self.impl.table_name, elements, **self._where, **kw)
        )

    def create_foreign_key(
        self,
        constraint_name,
        referent_table,
        local_cols,
        remote_cols,
        *,
        referent_schema=None,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        match=None,
        **dialect_kw,
    ):
        return self.invoke(
            ops.CreateForeignKeyOp(
                constraint_name,
                self.impl.table_name,
                referent_table,
                local_cols,
                remote_cols,
                onupdate=onupdate,
                ondelete=ondelete,
                deferrable=deferrable,
                source_schema=self.impl.schema,
                referent_schema=referent_schema,
                initially=initially,
                match=match,
                **dialect_kw,
            )
        )

    def create_index(self, index_name, columns, **kw):
        return self.invoke(ops.CreateIndexOp(index_name, self.impl.table_name, columns, **self._where, **kw))

    def create_primary_key(self, constraint_name, columns):
        return self.invoke(ops.CreatePrimaryKeyOp(constraint_name, self.impl.table_name, columns, **self._where))

    def create_table_comment(self, comment, *, existing_comment=None):
        return self.invoke(
            ops.CreateTableCommentOp(
                self.impl.table_name, comment, existing_comment=existing_comment, **self._where
            )
        )

    def create_unique_constraint(self, constraint_name, columns, **kw):
        return self.invoke(
            ops.CreateUniqueConstraintOp(constraint_name, self.impl.table_name, columns, **self._where, **kw)
        )

    def drop_column(self, column_name, **kw):
        return self.invoke(ops.DropColumnOp(self.impl.table_name, column_name, **self._where, **kw))

    def drop_constraint(self, constraint_name, type_=None):
        return self.invoke(
            ops.DropConstraintOp(constraint_name, self.impl.table_name, type_=type_, **self._where)
        )

    def drop_index(self, index_name, **kw):
        return self.invoke(ops.DropIndexOp(index_name, table_name=self.impl.table_name, **self._where, **kw))

    def drop_table_comment(self, *, existing_comment=None):
        return self.invoke(
            ops.DropTableCommentOp(self.impl.table_name, existing_comment=existing_comment, **self._where)
        )


def _does_not_apply(name):
    def method(self, *args, **kw):
        self._noop(name)

    method.__name__ = name
    return method


for _name in ("create_table", "drop_table", "rename_table", "bulk_insert", "batch_alter_table"):
    setattr(BatchOperations, _name, _does_not_apply(_name))
