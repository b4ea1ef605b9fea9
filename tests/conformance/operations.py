"""Every call of `op` and `batch_op`, and the SQL that Alembic writes for it in offline mode."""
import io
import itertools
import re
import warnings

import sqlalchemy as sa
from alembic import op
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

import database

DIALECTS = ("sqlite", "postgresql")

# One call a line; `t` stands for a table that every batch knows by `copy_from`, since offline nothing can be reflected.
CALLS = """
op.create_table('account', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String(50), nullable=False), sa.Column('ts', sa.TIMESTAMP(), server_default=sa.func.now()))
op.create_table('t', sa.Column('id', sa.Integer()), if_not_exists=True)
op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), schema='s')
op.create_table('t', sa.Column('id', sa.Integer()), comment='a table', schema='s')
op.create_table('t', sa.Column('id', sa.Integer()), prefixes=['TEMPORARY'])
op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sqlite_autoincrement=True)
op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sqlite_with_rowid=False)
op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.Integer(), index=True), sa.Column('b', sa.Integer(), unique=True))
op.create_table('t', sa.Column('a', sa.Integer(), nullable=False), sa.Column('b', sa.Integer(), nullable=False), sa.PrimaryKeyConstraint('a', 'b', name='pk_t'), sa.UniqueConstraint('b', name='uq_b'), sa.CheckConstraint('a > b', name='ck_ab'))
op.create_table('t', sa.Column('a', sa.Integer()), sa.Column('b', sa.Integer()), sa.ForeignKeyConstraint(['a', 'b'], ['u.x', 'u.y'], name='fk', ondelete='SET NULL', onupdate='CASCADE', deferrable=True, initially='DEFERRED'))
op.create_table('t', sa.Column('a', sa.Integer(), sa.ForeignKey('u.id', ondelete='CASCADE')))
op.create_table('t', sa.Column('a', sa.Integer(), sa.CheckConstraint('a > 0', name='ck_a')))
op.create_table('t', sa.Column('a', sa.Integer(), sa.Computed('b + 1', persisted=True)), sa.Column('b', sa.Integer()))
op.create_table('t', sa.Column('id', sa.Integer(), sa.Identity(start=5, increment=2), primary_key=True))
op.create_table('t', sa.Column('id', sa.BigInteger(), primary_key=True), sa.Column('c', sa.Enum('a', 'b', name='e')), sa.Column('d', sa.Boolean(name='ck_d', create_constraint=True)))
op.create_table('t', sa.Column('c', sa.Enum('a', 'b', name='e', native_enum=False, create_constraint=True)))
op.create_table('t', sa.Column('a', sa.JSON()), sa.Column('b', sa.Uuid()), sa.Column('c', sa.LargeBinary()), sa.Column('d', sa.DateTime(timezone=True)), sa.Column('e', sa.Interval()), sa.Column('f', sa.Float()), sa.Column('g', sa.Double()), sa.Column('h', sa.Numeric(10, 2)), sa.Column('i', sa.SmallInteger()), sa.Column('j', sa.Text()), sa.Column('k', sa.Time()), sa.Column('l', sa.Date()), sa.Column('m', sa.Unicode(3)), sa.Column('n', sa.CHAR(2)))
op.create_table('t', sa.Column('a', sa.String(10, collation='NOCASE')))
op.create_table('t', sa.Column('a', sa.Integer(), server_default='0'), sa.Column('b', sa.String(9), server_default="it's"), sa.Column('c', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP')), sa.Column('d', sa.Boolean(), server_default=sa.true()), sa.Column('e', sa.Boolean(), server_default=sa.text('(1)')))
op.create_table('Order', sa.Column('group', sa.Integer()), sa.Column('two words', sa.Integer()), sa.Column('Mixed', sa.Integer()))
op.drop_table('account')
op.drop_table('account', schema='s', if_exists=True)
op.drop_table('Order')
op.rename_table('a', 'b')
op.rename_table('a', 'b', schema='s')
op.add_column('t', sa.Column('c', sa.Integer()))
op.add_column('t', sa.Column('c', sa.Integer(), nullable=False, server_default='5'))
op.add_column('t', sa.Column('c', sa.DateTime(), server_default=sa.func.now()))
op.add_column('t', sa.Column('c', sa.Integer(), sa.ForeignKey('u.id')))
op.add_column('t', sa.Column('c', sa.Integer(), sa.ForeignKey('u.id', ondelete='CASCADE')), inline_references=True)
op.add_column('t', sa.Column('c', sa.Integer(), unique=True))
op.add_column('t', sa.Column('c', sa.Integer(), index=True))
op.add_column('t', sa.Column('c', sa.Integer()), if_not_exists=True)
op.add_column('t', sa.Column('c', sa.Integer(), primary_key=True), inline_primary_key=True)
op.add_column('t', sa.Column('c', sa.Integer(), comment='hi'))
op.add_column('t', sa.Column('c', sa.Integer(), sa.Computed('a + 1')))
op.add_column('t', sa.Column('c', sa.Integer(), sa.Identity(always=True)))
op.add_column('t', sa.Column('c', sa.Boolean(), nullable=False, server_default=sa.false()), schema='s')
op.add_column('t', sa.Column('c', sa.Enum('a', 'b', name='e')))
op.add_column('t', sa.Column('c', sa.Integer(), sa.CheckConstraint('c > 0')))
op.drop_column('t', 'c')
op.drop_column('t', 'c', schema='s', if_exists=True)
op.alter_column('t', 'c', nullable=False)
op.alter_column('t', 'c', nullable=True, existing_type=sa.Integer())
op.alter_column('t', 'c', type_=sa.String(80))
op.alter_column('t', 'c', type_=sa.BigInteger(), existing_type=sa.Integer(), existing_nullable=False)
op.alter_column('t', 'c', type_=sa.Boolean(), existing_type=sa.Integer(), schema='s')
op.alter_column('t', 'c', server_default='7', existing_type=sa.Integer())
op.alter_column('t', 'c', server_default=sa.text('now()'))
op.alter_column('t', 'c', server_default=sa.func.now())
op.alter_column('t', 'c', server_default=None, existing_type=sa.Integer())
op.alter_column('t', 'c', new_column_name='d')
op.alter_column('t', 'c', new_column_name='d', existing_type=sa.Integer(), existing_nullable=False)
op.alter_column('t', 'c', new_column_name='Order', schema='s')
op.alter_column('t', 'c', comment='x', existing_type=sa.Integer())
op.alter_column('t', 'c', comment=None, existing_comment='x', existing_type=sa.Integer())
op.alter_column('t', 'c', type_=sa.Integer(), postgresql_using='c::integer')
op.alter_column('t', 'c', autoincrement=True, existing_type=sa.Integer(), existing_nullable=False)
op.alter_column('t', 'c', existing_type=sa.Integer(), nullable=False, server_default='1', type_=sa.BigInteger(), new_column_name='d')
op.create_index('ix', 't', ['a', 'b'])
op.create_index('ix', 't', ['a'], unique=True, if_not_exists=True)
op.create_index('ix', 't', ['a'], schema='s')
op.create_index('ix', 't', [sa.text('lower(a)')])
op.create_index('ix', 't', [sa.text('a DESC'), 'b'])
op.create_index('ix', 't', [sa.literal_column('a DESC'), sa.func.lower(sa.column('b'))])
op.create_index('ix', 't', ['a'], sqlite_where=sa.text('a > 5'))
op.create_index('ix', 't', ['a'], postgresql_where=sa.text('a > 5'), postgresql_using='gin', postgresql_concurrently=True)
op.create_index('ix', 't', ['a'], postgresql_include=['b'], postgresql_ops={'a': 'text_pattern_ops'}, postgresql_nulls_not_distinct=True, unique=True)
op.create_index(op.f('ix_t_a'), 't', ['a'], unique=False)
op.drop_index('ix', table_name='t')
op.drop_index('ix')
op.drop_index('ix', table_name='t', if_exists=True)
op.drop_index('ix', table_name='t', schema='s')
op.drop_index('ix', table_name='t', postgresql_concurrently=True)
op.create_unique_constraint('uq', 't', ['a', 'b'])
op.create_unique_constraint('uq', 't', ['a'], schema='s', deferrable=True, initially='DEFERRED')
op.create_unique_constraint(None, 't', ['a'])
op.create_check_constraint('ck', 't', 'a > 5')
op.create_check_constraint('ck', 't', sa.column('a') > 5)
op.create_check_constraint('ck', 't', sa.func.length(sa.column('a')) > 5, schema='s')
op.create_primary_key('pk', 't', ['a', 'b'])
op.create_foreign_key('fk', 't', 'u', ['a'], ['id'], ondelete='CASCADE', onupdate='SET NULL', deferrable=True, initially='DEFERRED', match='FULL')
op.create_foreign_key(None, 't', 'u', ['a'], ['id'], source_schema='s', referent_schema='r')
op.create_foreign_key('fk', 't', 'u', ['a', 'b'], ['x', 'y'], postgresql_not_valid=True)
op.create_exclude_constraint('ex', 't', ('a', '='), ('b', '&&'), where='a > 1', using='gist')
op.drop_constraint('fk', 't')
op.drop_constraint('fk', 't', type_='foreignkey')
op.drop_constraint('uq', 't', type_='unique', schema='s')
op.drop_constraint('pk', 't', type_='primary')
op.drop_constraint('ck', 't', type_='check', if_exists=True)
op.create_table_comment('t', 'c')
op.create_table_comment('t', "it's", existing_comment='old', schema='s')
op.drop_table_comment('t', existing_comment='c')
op.execute('UPDATE t SET a=1')
op.execute("INSERT INTO t VALUES (':x', 5)")
op.execute(sa.text('UPDATE t SET a=:x').bindparams(x='q'))
op.execute(sa.text("UPDATE t SET a='\\\\:x'"))
op.execute(sa.table('t', sa.column('a')).update().values(a=5))
op.execute(sa.table('t', sa.column('a', sa.String), sa.column('b', sa.Integer)).update().where(sa.column('b') == 3).values(a=op.inline_literal('x')))
op.execute(sa.table('t', sa.column('a', sa.String)).delete().where(sa.column('a').in_(['x', 'y'])))
op.execute(sa.table('t', sa.column('a', sa.String)).insert().values(a="o'x"))
op.execute(sa.insert(sa.table('t', sa.column('a'))).from_select(['a'], sa.select(sa.table('u', sa.column('b')).c.b)))
op.execute(sa.update(sa.table('t', sa.column('a', sa.Integer))).values(a=sa.case((sa.column('a') > 1, 2), else_=None)))
op.bulk_insert(sa.table('t', sa.column('a', sa.Integer), sa.column('b', sa.String)), [{'a': 1, 'b': "o'x"}, {'a': 2, 'b': None}])
op.bulk_insert(sa.table('t', sa.column('d', sa.Date), sa.column('e', sa.Boolean), sa.column('f', sa.Numeric(5, 2))), [{'d': datetime.date(2026, 1, 2), 'e': True, 'f': decimal.Decimal('1.50')}])
op.bulk_insert(sa.table('t', sa.column('a', sa.Integer)), [])
op.bulk_insert(sa.table('t', sa.column('j', sa.JSON), sa.column('u', sa.Uuid)), [{'j': {'k': [1]}, 'u': uuid.UUID(int=1)}])
op.bulk_insert(sa.table('t', sa.column('a', sa.Integer)), [{'a': op.inline_literal(1)}, {'a': op.inline_literal(2)}], multiinsert=False)
batch_op.add_column(sa.Column('c', sa.Integer()))
batch_op.add_column(sa.Column('c', sa.Integer(), nullable=False, server_default='5'))
batch_op.add_column(sa.Column('c', sa.DateTime(), server_default=sa.func.now()))
batch_op.add_column(sa.Column('c', sa.Integer()), insert_after='id')
batch_op.add_column(sa.Column('c', sa.Integer()), insert_before='a')
batch_op.add_column(sa.Column('c', sa.Integer(), sa.ForeignKey('u.id', name='fk_c')))
batch_op.add_column(sa.Column('c', sa.Integer(), index=True))
batch_op.drop_column('a')
batch_op.drop_column('id')
batch_op.alter_column('a', nullable=False)
batch_op.alter_column('a', type_=sa.Numeric(8, 3), existing_type=sa.Integer(), existing_nullable=True)
batch_op.alter_column('a', type_=sa.String(5))
batch_op.alter_column('a', new_column_name='aa')
batch_op.alter_column('a', new_column_name='aa', type_=sa.Text(), nullable=False, server_default='x')
batch_op.alter_column('b', server_default=None)
batch_op.alter_column('b', server_default=sa.text("'new'"))
batch_op.alter_column('missing', nullable=False)
batch_op.create_index('ix', ['a'])
batch_op.create_index(batch_op.f('ix_t_a'), ['a', 'b'], unique=True)
batch_op.drop_index('ix_t_b')
batch_op.drop_index('ix_missing')
batch_op.create_unique_constraint('uq', ['a', 'b'])
batch_op.create_unique_constraint(None, ['a'])
batch_op.create_check_constraint('ck', 'a > 5')
batch_op.create_check_constraint('ck', sa.column('a') > 5)
batch_op.create_foreign_key('fk', 'u', ['a'], ['id'], ondelete='CASCADE')
batch_op.create_foreign_key('fk_self', 't', ['a'], ['id'])
batch_op.create_primary_key('pk', ['id', 'a'])
batch_op.create_table_comment('c')
batch_op.drop_table_comment(existing_comment='c')
batch_op.drop_constraint('uq_t_b', type_='unique')
batch_op.drop_constraint('fk_t_u', type_='foreignkey')
batch_op.drop_constraint('ck_t_a', type_='check')
batch_op.drop_constraint('missing', type_='unique')
batch_op.drop_constraint(None, type_='unique')
batch_op.execute('UPDATE t SET a=1')
batch_op.add_column(sa.Column('c', sa.Integer())); batch_op.drop_column('a'); batch_op.alter_column('b', new_column_name='bb')
batch_op.add_column(sa.Column('c', sa.Integer())); batch_op.create_index('ix_c', ['c'])
batch_op.alter_column('a', new_column_name='aa'); batch_op.create_unique_constraint('uq_aa', ['aa'])
"""

# How a batch can be asked for, with one and the same change inside.
BATCHES = """
op.batch_alter_table('t', copy_from=t)
op.batch_alter_table('t', copy_from=t, recreate='always')
op.batch_alter_table('t', copy_from=t, recreate='never')
op.batch_alter_table('t', copy_from=t, schema='s')
op.batch_alter_table('t', copy_from=t, table_args=(sa.UniqueConstraint('a', name='uq_extra'),))
op.batch_alter_table('t', copy_from=t, table_kwargs={'sqlite_autoincrement': True})
op.batch_alter_table('t', copy_from=t, partial_reordering=[('id', 'b'), ('b', 'a')], recreate='always')
op.batch_alter_table('t', copy_from=t, naming_convention={'uq': 'uq_%(table_name)s_%(column_0_name)s'})
op.batch_alter_table('t')
"""
CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
NAMED = """
op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('u_id', sa.Integer(), sa.ForeignKey('u.id')), sa.UniqueConstraint('u_id'), sa.CheckConstraint('u_id > 0', name='positive'))
op.create_unique_constraint(None, 't', ['a'])
op.create_unique_constraint('plain', 't', ['a'])
op.create_unique_constraint(op.f('final'), 't', ['a'])
op.create_foreign_key(None, 't', 'u', ['a'], ['id'])
op.create_check_constraint('positive', 't', 'a > 0')
op.create_primary_key(None, 't', ['a'])
op.create_index(None, 't', ['a'])
op.drop_constraint('positive', 't', type_='check')
op.drop_constraint(op.f('ck_t_positive'), 't', type_='check')
op.add_column('t', sa.Column('c', sa.Integer(), sa.ForeignKey('u.id'), unique=True, index=True))
batch_op.create_unique_constraint(None, ['a'])
batch_op.create_foreign_key(None, 'u', ['a'], ['id'])
batch_op.create_check_constraint('positive', 'a > 0')
"""


def record():
    yield "calls", {call: answers(wrapped(call)) for call in lines(CALLS)}
    change = "\n    batch_op.alter_column('a', nullable=False)"
    yield "batches", {batch: answers(f"with {batch} as batch_op:{change}") for batch in lines(BATCHES)}
    yield "named", {call: answers(wrapped(call), CONVENTION) for call in lines(NAMED)}


def lines(text):
    return text.strip("\n").split("\n")


def wrapped(call):
    if not call.startswith("batch_op."):
        return call
    return "with op.batch_alter_table('t', copy_from=t) as batch_op:\n    " + "\n    ".join(call.split("; "))


def answers(source, convention=None):
    return {dialect: answer(dialect, source, convention) for dialect in DIALECTS}


def answer(dialect, source, convention):
    """The statements, or the error, and the warnings, for one dialect."""
    import datetime
    import decimal
    import uuid

    output = io.StringIO()
    metadata = sa.MetaData(naming_convention=convention) if convention else sa.MetaData()
    opts = {"as_sql": True, "output_buffer": output, "literal_binds": True, "target_metadata": metadata}
    context = MigrationContext.configure(dialect_name=dialect, opts=opts)
    found = {}
    with warnings.catch_warnings(record=True) as caught, Operations.context(context):
        warnings.simplefilter("always")
        try:
            exec(source, {"op": op, "sa": sa, "t": table(), "datetime": datetime, "decimal": decimal, "uuid": uuid})
        except Exception as error:
            text = f"{type(error).__name__}: {error}".split("\n(Background")[0]
            found["error"] = re.sub(r" at 0x[0-9a-f]+", " at 0x…", text)
    statements = [part.strip() for part in output.getvalue().split(";\n") if part.strip()]
    found["sql"] = in_one_order([database.orderly(sql) if "_alembic_tmp_" in sql else sql for sql in statements])
    if caught:
        found["warnings"] = [str(warning.message) for warning in caught]
    return found


def in_one_order(statements):
    """The statements with neighbouring drops of constraints sorted: a batch drops them in the order of a set."""
    ordered = []
    for drops, run in itertools.groupby(statements, key=lambda sql: " DROP CONSTRAINT " in sql):
        ordered += sorted(run) if drops else run
    return ordered


def table():
    """The table that batches change. Offline nothing can be reflected: it comes by `copy_from`."""
    metadata = sa.MetaData()
    sa.Table("u", metadata, sa.Column("id", sa.Integer, primary_key=True))
    return sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.String(20), server_default="b", nullable=False),
        sa.Column("u_id", sa.Integer),
        sa.UniqueConstraint("b", name="uq_t_b"),
        sa.CheckConstraint("a > 0", name="ck_t_a"),
        sa.ForeignKeyConstraint(["u_id"], ["u.id"], name="fk_t_u"),
        sa.Index("ix_t_b", "b"),
    )
