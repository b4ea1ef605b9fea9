//! The classes that exist before any program runs, at fixed places of the heap.

use crate::python::heap::object::Layout;
use crate::python::value::Handle;

/// A built-in class: its name, its base, what its instances hold.
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    pub(crate) bases: &'static [Handle],
    pub(crate) layout: Layout,
    /// Whether `builtins` has the name.
    pub(crate) visible: bool,
}

macro_rules! classes {
    ($($constant:ident $name:literal $layout:ident $visible:ident [$($base:ident)*];)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "the constants' names")]
        enum Place { $($constant),* }
        $(
            #[doc = concat!("`", $name, "`")]
            pub const $constant: Handle = Handle(Place::$constant as u32);
        )*
        /// In the order of their places.
        pub(crate) const TABLE: &[Builtin] = &[$(Builtin {
            name: $name,
            bases: &[$($base),*],
            layout: Layout::$layout,
            visible: classes!(@ $visible),
        }),*];
    };
    (@ shown) => { true };
    (@ hidden) => { false };
}

classes! {
    OBJECT "object" Plain shown [];
    TYPE "type" Class shown [OBJECT];
    NONE_TYPE "NoneType" Closed hidden [OBJECT];
    NOT_IMPLEMENTED_TYPE "NotImplementedType" Closed hidden [OBJECT];
    ELLIPSIS_TYPE "ellipsis" Closed hidden [OBJECT];
    INT "int" Int shown [OBJECT];
    BOOL "bool" Closed shown [INT];
    COMPLEX "complex" Closed shown [OBJECT];
    FLOAT "float" Float shown [OBJECT];
    STR "str" Str shown [OBJECT];
    BYTES "bytes" Bytes shown [OBJECT];
    BYTEARRAY "bytearray" ByteArray shown [OBJECT];
    LIST "list" List shown [OBJECT];
    TUPLE "tuple" Tuple shown [OBJECT];
    DICT "dict" Dict shown [OBJECT];
    SET "set" Set shown [OBJECT];
    FROZENSET "frozenset" Set shown [OBJECT];
    RANGE "range" Closed shown [OBJECT];
    SLICE "slice" Closed shown [OBJECT];
    FUNCTION "function" Closed hidden [OBJECT];
    NATIVE_FUNCTION "builtin_function_or_method" Closed hidden [OBJECT];
    METHOD_DESCRIPTOR "method_descriptor" Closed hidden [OBJECT];
    METHOD "method" Closed hidden [OBJECT];
    MODULE "module" Module hidden [OBJECT];
    PROPERTY "property" Property shown [OBJECT];
    STATICMETHOD "staticmethod" StaticMethod shown [OBJECT];
    CLASSMETHOD "classmethod" ClassMethod shown [OBJECT];
    CELL "cell" Closed hidden [OBJECT];
    SUPER "super" Closed shown [OBJECT];
    MAPPINGPROXY "mappingproxy" Closed hidden [OBJECT];
    DICT_KEYS "dict_keys" Closed hidden [OBJECT];
    DICT_VALUES "dict_values" Closed hidden [OBJECT];
    DICT_ITEMS "dict_items" Closed hidden [OBJECT];
    GENERATOR "generator" Closed hidden [OBJECT];
    COROUTINE "coroutine" Closed hidden [OBJECT];
    ASYNC_GENERATOR "async_generator" Closed hidden [OBJECT];
    ASYNC_STEP "async_generator_asend" Closed hidden [OBJECT];
    LIST_ITERATOR "list_iterator" Closed hidden [OBJECT];
    TUPLE_ITERATOR "tuple_iterator" Closed hidden [OBJECT];
    STR_ITERATOR "str_iterator" Closed hidden [OBJECT];
    BYTES_ITERATOR "bytes_iterator" Closed hidden [OBJECT];
    RANGE_ITERATOR "range_iterator" Closed hidden [OBJECT];
    DICT_KEY_ITERATOR "dict_keyiterator" Closed hidden [OBJECT];
    DICT_VALUE_ITERATOR "dict_valueiterator" Closed hidden [OBJECT];
    DICT_ITEM_ITERATOR "dict_itemiterator" Closed hidden [OBJECT];
    SET_ITERATOR "set_iterator" Closed hidden [OBJECT];
    REVERSED "reversed" Closed hidden [OBJECT];
    ZIP "zip" Closed hidden [OBJECT];
    ENUMERATE "enumerate" Closed hidden [OBJECT];
    ITERATOR "iterator" Closed hidden [OBJECT];
    MEMBER "member_descriptor" Closed hidden [OBJECT];
    GETSET "getset_descriptor" Closed hidden [OBJECT];
    CODE "code" Closed hidden [OBJECT];
    TRACEBACK "traceback" Closed hidden [OBJECT];
    UNION "Union" Closed hidden [OBJECT];
    GENERIC_ALIAS "GenericAlias" Closed hidden [OBJECT];
    FORWARD_REF "ForwardRef" Closed hidden [OBJECT];
    PLACEHOLDER "placeholder" Closed hidden [OBJECT];
    FILE "TextIOWrapper" Closed hidden [OBJECT];
    BASE_EXCEPTION "BaseException" Exception shown [OBJECT];
    STOP "Stop" Exception hidden [BASE_EXCEPTION];
    BASE_EXCEPTION_GROUP "BaseExceptionGroup" Exception shown [BASE_EXCEPTION];
    GENERATOR_EXIT "GeneratorExit" Exception shown [BASE_EXCEPTION];
    KEYBOARD_INTERRUPT "KeyboardInterrupt" Exception shown [BASE_EXCEPTION];
    SYSTEM_EXIT "SystemExit" Exception shown [BASE_EXCEPTION];
    EXCEPTION "Exception" Exception shown [BASE_EXCEPTION];
    EXCEPTION_GROUP "ExceptionGroup" Exception shown [BASE_EXCEPTION_GROUP EXCEPTION];
    ARITHMETIC_ERROR "ArithmeticError" Exception shown [EXCEPTION];
    FLOATING_POINT_ERROR "FloatingPointError" Exception shown [ARITHMETIC_ERROR];
    OVERFLOW_ERROR "OverflowError" Exception shown [ARITHMETIC_ERROR];
    ZERO_DIVISION_ERROR "ZeroDivisionError" Exception shown [ARITHMETIC_ERROR];
    ASSERTION_ERROR "AssertionError" Exception shown [EXCEPTION];
    ATTRIBUTE_ERROR "AttributeError" Exception shown [EXCEPTION];
    BUFFER_ERROR "BufferError" Exception shown [EXCEPTION];
    EOF_ERROR "EOFError" Exception shown [EXCEPTION];
    IMPORT_ERROR "ImportError" Exception shown [EXCEPTION];
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" Exception shown [IMPORT_ERROR];
    LOOKUP_ERROR "LookupError" Exception shown [EXCEPTION];
    INDEX_ERROR "IndexError" Exception shown [LOOKUP_ERROR];
    KEY_ERROR "KeyError" Exception shown [LOOKUP_ERROR];
    MEMORY_ERROR "MemoryError" Exception shown [EXCEPTION];
    NAME_ERROR "NameError" Exception shown [EXCEPTION];
    UNBOUND_LOCAL_ERROR "UnboundLocalError" Exception shown [NAME_ERROR];
    OS_ERROR "OSError" Exception shown [EXCEPTION];
    BLOCKING_IO_ERROR "BlockingIOError" Exception shown [OS_ERROR];
    CONNECTION_ERROR "ConnectionError" Exception shown [OS_ERROR];
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" Exception shown [CONNECTION_ERROR];
    CONNECTION_RESET_ERROR "ConnectionResetError" Exception shown [CONNECTION_ERROR];
    FILE_EXISTS_ERROR "FileExistsError" Exception shown [OS_ERROR];
    FILE_NOT_FOUND_ERROR "FileNotFoundError" Exception shown [OS_ERROR];
    INTERRUPTED_ERROR "InterruptedError" Exception shown [OS_ERROR];
    IS_A_DIRECTORY_ERROR "IsADirectoryError" Exception shown [OS_ERROR];
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" Exception shown [OS_ERROR];
    PERMISSION_ERROR "PermissionError" Exception shown [OS_ERROR];
    PROCESS_LOOKUP_ERROR "ProcessLookupError" Exception shown [OS_ERROR];
    TIMEOUT_ERROR "TimeoutError" Exception shown [OS_ERROR];
    REFERENCE_ERROR "ReferenceError" Exception shown [EXCEPTION];
    RUNTIME_ERROR "RuntimeError" Exception shown [EXCEPTION];
    NOT_IMPLEMENTED_ERROR "NotImplementedError" Exception shown [RUNTIME_ERROR];
    RECURSION_ERROR "RecursionError" Exception shown [RUNTIME_ERROR];
    STOP_ITERATION "StopIteration" Exception shown [EXCEPTION];
    STOP_ASYNC_ITERATION "StopAsyncIteration" Exception shown [EXCEPTION];
    SYNTAX_ERROR "SyntaxError" Exception shown [EXCEPTION];
    INDENTATION_ERROR "IndentationError" Exception shown [SYNTAX_ERROR];
    TAB_ERROR "TabError" Exception shown [INDENTATION_ERROR];
    SYSTEM_ERROR "SystemError" Exception shown [EXCEPTION];
    TYPE_ERROR "TypeError" Exception shown [EXCEPTION];
    VALUE_ERROR "ValueError" Exception shown [EXCEPTION];
    UNICODE_ERROR "UnicodeError" Exception shown [VALUE_ERROR];
    UNICODE_DECODE_ERROR "UnicodeDecodeError" Exception shown [UNICODE_ERROR];
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" Exception shown [UNICODE_ERROR];
    WARNING "Warning" Exception shown [EXCEPTION];
    BYTES_WARNING "BytesWarning" Exception shown [WARNING];
    DEPRECATION_WARNING "DeprecationWarning" Exception shown [WARNING];
    ENCODING_WARNING "EncodingWarning" Exception shown [WARNING];
    FUTURE_WARNING "FutureWarning" Exception shown [WARNING];
    IMPORT_WARNING "ImportWarning" Exception shown [WARNING];
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" Exception shown [WARNING];
    RESOURCE_WARNING "ResourceWarning" Exception shown [WARNING];
    RUNTIME_WARNING "RuntimeWarning" Exception shown [WARNING];
    SYNTAX_WARNING "SyntaxWarning" Exception shown [WARNING];
    UNICODE_WARNING "UnicodeWarning" Exception shown [WARNING];
    USER_WARNING "UserWarning" Exception shown [WARNING];
}
