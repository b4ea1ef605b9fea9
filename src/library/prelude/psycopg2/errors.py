"""`psycopg2.errors`: a class for every SQLSTATE that a migration may meet."""

from . import DatabaseError, DataError, IntegrityError, InternalError, NotSupportedError, OperationalError, ProgrammingError

_NAMES = """
08000 ConnectionException 08001 SqlclientUnableToEstablishSqlconnection 08003 ConnectionDoesNotExist
08004 SqlserverRejectedEstablishmentOfSqlconnection 08006 ConnectionFailure 08007 TransactionResolutionUnknown
08P01 ProtocolViolation 0A000 FeatureNotSupported 21000 CardinalityViolation 22000 DataException
22001 StringDataRightTruncation 22002 NullValueNoIndicatorParameter 22003 NumericValueOutOfRange
22004 NullValueNotAllowed 22005 ErrorInAssignment 22007 InvalidDatetimeFormat 22008 DatetimeFieldOverflow
22009 InvalidTimeZoneDisplacementValue 2200B EscapeCharacterConflict 2200C InvalidUseOfEscapeCharacter
2200D InvalidEscapeOctet 2200F ZeroLengthCharacterString 2200G MostSpecificTypeMismatch
2200H SequenceGeneratorLimitExceeded 22010 InvalidIndicatorParameterValue 22011 SubstringError
22012 DivisionByZero 22013 InvalidPrecedingOrFollowingSize 22014 InvalidArgumentForNtileFunction
22015 IntervalFieldOverflow 22016 InvalidArgumentForNthValueFunction 22018 InvalidCharacterValueForCast
22019 InvalidEscapeCharacter 2201B InvalidRegularExpression 2201E InvalidArgumentForLogarithm
2201F InvalidArgumentForPowerFunction 2201G InvalidArgumentForWidthBucketFunction
2201W InvalidRowCountInLimitClause 2201X InvalidRowCountInResultOffsetClause 22021 CharacterNotInRepertoire
22022 IndicatorOverflow 22023 InvalidParameterValue 22024 UnterminatedCString 22025 InvalidEscapeSequence
22026 StringDataLengthMismatch 22027 TrimError 2202E ArraySubscriptError 2202G InvalidTablesampleRepeat
2202H InvalidTablesampleArgument 22P01 FloatingPointException 22P02 InvalidTextRepresentation
22P03 InvalidBinaryRepresentation 22P04 BadCopyFileFormat 22P05 UntranslatableCharacter
22P06 NonstandardUseOfEscapeCharacter 23000 IntegrityConstraintViolation 23001 RestrictViolation
23502 NotNullViolation 23503 ForeignKeyViolation 23505 UniqueViolation 23514 CheckViolation
23P01 ExclusionViolation 24000 InvalidCursorState 25000 InvalidTransactionState 25001 ActiveSqlTransaction
25002 BranchTransactionAlreadyActive 25003 InappropriateAccessModeForBranchTransaction
25004 InappropriateIsolationLevelForBranchTransaction 25005 NoActiveSqlTransactionForBranchTransaction
25006 ReadOnlySqlTransaction 25007 SchemaAndDataStatementMixingNotSupported
25008 HeldCursorRequiresSameIsolationLevel 25P01 NoActiveSqlTransaction 25P02 InFailedSqlTransaction
25P03 IdleInTransactionSessionTimeout 25P04 TransactionTimeout 26000 InvalidSqlStatementName
28000 InvalidAuthorizationSpecification 28P01 InvalidPassword 2B000 DependentPrivilegeDescriptorsStillExist
2BP01 DependentObjectsStillExist 3D000 InvalidCatalogName 3F000 InvalidSchemaName 40000 TransactionRollback
40001 SerializationFailure 40002 TransactionIntegrityConstraintViolation 40003 StatementCompletionUnknown
40P01 DeadlockDetected 42000 SyntaxErrorOrAccessRuleViolation 42501 InsufficientPrivilege 42601 SyntaxError
42602 InvalidName 42611 InvalidColumnDefinition 42622 NameTooLong 42701 DuplicateColumn 42702 AmbiguousColumn
42703 UndefinedColumn 42704 UndefinedObject 42710 DuplicateObject 42712 DuplicateAlias 42723 DuplicateFunction
42725 AmbiguousFunction 42803 GroupingError 42804 DatatypeMismatch 42809 WrongObjectType
42830 InvalidForeignKey 42846 CannotCoerce 42883 UndefinedFunction 428C9 GeneratedAlways 42939 ReservedName
42P01 UndefinedTable 42P02 UndefinedParameter 42P03 DuplicateCursor 42P04 DuplicateDatabase
42P05 DuplicatePreparedStatement 42P06 DuplicateSchema 42P07 DuplicateTable 42P08 AmbiguousParameter
42P09 AmbiguousAlias 42P10 InvalidColumnReference 42P11 InvalidCursorDefinition 42P12 InvalidDatabaseDefinition
42P13 InvalidFunctionDefinition 42P14 InvalidPreparedStatementDefinition 42P15 InvalidSchemaDefinition
42P16 InvalidTableDefinition 42P17 InvalidObjectDefinition 42P18 IndeterminateDatatype 42P19 InvalidRecursion
42P20 WindowingError 42P21 CollationMismatch 42P22 IndeterminateCollation 44000 WithCheckOptionViolation
53000 InsufficientResources 53100 DiskFull 53200 OutOfMemory 53300 TooManyConnections
53400 ConfigurationLimitExceeded 54000 ProgramLimitExceeded 54001 StatementTooComplex 54011 TooManyColumns
54023 TooManyArguments 55000 ObjectNotInPrerequisiteState 55006 ObjectInUse 55P02 CantChangeRuntimeParam
55P03 LockNotAvailable 55P04 UnsafeNewEnumValueUsage 57000 OperatorIntervention 57014 QueryCanceled
57P01 AdminShutdown 57P02 CrashShutdown 57P03 CannotConnectNow 57P04 DatabaseDropped 57P05 IdleSessionTimeout
58000 SystemError 58030 IoError 58P01 UndefinedFile 58P02 DuplicateFile 58P03 FileNameTooLong
P0000 PlpgsqlError P0001 RaiseException P0002 NoDataFound P0003 TooManyRows P0004 AssertFailure
XX000 InternalError_ XX001 DataCorrupted XX002 IndexCorrupted
"""
_BASES = {
    "0A": NotSupportedError,
    "22": DataError,
    "23": IntegrityError,
    "24": InternalError,
    "25": InternalError,
    "2B": InternalError,
    "P0": InternalError,
    "XX": InternalError,
    "21": ProgrammingError,
    "3D": ProgrammingError,
    "3F": ProgrammingError,
    "42": ProgrammingError,
    "44": ProgrammingError,
}
_words = _NAMES.split()
_CODES = dict(zip(_words[1::2], _words[::2]))
_known = {}


def lookup(code):
    """The class of a SQLSTATE."""
    for name, known in _CODES.items():
        if known == code:
            return _class(name)
    raise KeyError(code)


def _class(name):
    found = _known.get(name)
    if found is None:
        base = _BASES.get(_CODES[name][:2], OperationalError)
        found = _known[name] = type(name, (base,), {"__module__": "psycopg2.errors"})
    return found


def __getattr__(name):
    if name in _CODES:
        return _class(name)
    raise AttributeError("module 'psycopg2.errors' has no attribute %r" % name)
