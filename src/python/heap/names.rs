//! The names that the machine itself speaks, interned at fixed places after the classes.

use crate::python::heap::classes;
use crate::python::value::Handle;

macro_rules! names {
    ($($constant:ident $text:literal)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "the constants' names")]
        enum Place { $($constant),* }
        $(
            #[doc = concat!("`", $text, "`")]
            pub const $constant: Handle = Handle(classes::TABLE.len() as u32 + Place::$constant as u32);
        )*
        /// In the order of their places.
        pub(crate) const TABLE: &[&str] = &[$($text),*];
    };
}

names! {
    INIT "__init__" NEW "__new__" CALL "__call__" DEL "__del__"
    REPR "__repr__" STR "__str__" FORMAT "__format__" BYTES "__bytes__" BOOL "__bool__" HASH "__hash__"
    EQ "__eq__" NE "__ne__" LT "__lt__" LE "__le__" GT "__gt__" GE "__ge__"
    GETATTR "__getattr__" GETATTRIBUTE "__getattribute__" SETATTR "__setattr__" DELATTR "__delattr__" DIR "__dir__"
    GET "__get__" SET "__set__" DELETE "__delete__" SET_NAME "__set_name__"
    LEN "__len__" LENGTH_HINT "__length_hint__" GETITEM "__getitem__" SETITEM "__setitem__" DELITEM "__delitem__"
    MISSING "__missing__" ITER "__iter__" NEXT "__next__" REVERSED "__reversed__" CONTAINS "__contains__"
    ENTER "__enter__" EXIT "__exit__" AENTER "__aenter__" AEXIT "__aexit__" AWAIT "__await__" AITER "__aiter__" ANEXT "__anext__"
    ADD "__add__" SUB "__sub__" MUL "__mul__" MATMUL "__matmul__" TRUEDIV "__truediv__" FLOORDIV "__floordiv__"
    MOD "__mod__" POW "__pow__" LSHIFT "__lshift__" RSHIFT "__rshift__" AND "__and__" OR "__or__" XOR "__xor__" DIVMOD "__divmod__"
    RADD "__radd__" RSUB "__rsub__" RMUL "__rmul__" RMATMUL "__rmatmul__" RTRUEDIV "__rtruediv__" RFLOORDIV "__rfloordiv__"
    RMOD "__rmod__" RPOW "__rpow__" RLSHIFT "__rlshift__" RRSHIFT "__rrshift__" RAND "__rand__" ROR "__ror__" RXOR "__rxor__" RDIVMOD "__rdivmod__"
    IADD "__iadd__" ISUB "__isub__" IMUL "__imul__" IMATMUL "__imatmul__" ITRUEDIV "__itruediv__" IFLOORDIV "__ifloordiv__"
    IMOD "__imod__" IPOW "__ipow__" ILSHIFT "__ilshift__" IRSHIFT "__irshift__" IAND "__iand__" IOR "__ior__" IXOR "__ixor__"
    NEG "__neg__" POS "__pos__" INVERT "__invert__" ABS "__abs__" INT "__int__" FLOAT "__float__" INDEX "__index__"
    ROUND "__round__" TRUNC "__trunc__" FLOOR "__floor__" CEIL "__ceil__"
    PREPARE "__prepare__" INIT_SUBCLASS "__init_subclass__" CLASS_GETITEM "__class_getitem__" MRO_ENTRIES "__mro_entries__"
    INSTANCECHECK "__instancecheck__" SUBCLASSCHECK "__subclasscheck__" SUBCLASSES "__subclasses__"
    CLASS "__class__" DICT "__dict__" DOC "__doc__" NAME "__name__" QUALNAME "__qualname__" MODULE "__module__"
    BASES "__bases__" BASE "__base__" MRO "__mro__" MRO_METHOD "mro" SLOTS "__slots__" WEAKREF "__weakref__" ANNOTATIONS "__annotations__"
    ANNOTATE "__annotate__" ANNOTATE_FUNC "__annotate_func__" TYPE_PARAMS "__type_params__" CLASSCELL "__classcell__"
    DEFAULTS "__defaults__" KWDEFAULTS "__kwdefaults__" CODE "__code__" GLOBALS "__globals__" CLOSURE "__closure__"
    WRAPPED "__wrapped__" SELF "__self__" FUNC "__func__" MATCH_ARGS "__match_args__" ABSTRACT "__abstractmethods__"
    IS_ABSTRACT "__isabstractmethod__" ORIG_BASES "__orig_bases__" ORIG_CLASS "__orig_class__" PARAMETERS "__parameters__" ORIGIN "__origin__" ARGS_ATTR "__args__"
    FILE "__file__" PATH "__path__" PACKAGE "__package__" SPEC "__spec__" LOADER "__loader__" ALL "__all__" BUILTINS "__builtins__"
    BUILTINS_MODULE "builtins" MAIN "__main__" IMPORT "__import__" DEBUG "__debug__" CLASSDICT "__classdict__"
    FGET "fget" FSET "fset" FDEL "fdel" GETTER "getter" SETTER "setter" DELETER "deleter"
    ARGS "args" CAUSE "__cause__" CONTEXT "__context__" SUPPRESS "__suppress_context__" TRACEBACK "__traceback__"
    NOTES "__notes__" ADD_NOTE "add_note" WITH_TRACEBACK "with_traceback" VALUE "value" ATTR_NAME "name" OBJ "obj" PATH_ATTR "path"
    ERRNO "errno" STRERROR "strerror" FILENAME "filename" EXCEPTIONS "exceptions" MESSAGE "message" EXIT_CODE "code"
    MSG "msg" LINENO "lineno" OFFSET "offset" TEXT "text" END "end" REASON "reason" ENCODING "encoding" OBJECT_ATTR "object" START "start"
    SEND "send" THROW "throw" CLOSE "close" KEYS "keys" ITEMS "items" VALUES "values" GET_METHOD "get" START_ATTR "start_" STOP "stop" STEP "step"
    REDUCE "__reduce__" REDUCE_EX "__reduce_ex__" COPY "copy" KEY "key" REVERSE "reverse" DEFAULT "default" SEP "sep" FLUSH "flush"
    APPEND "append" METACLASS "metaclass" RETURN "return" LAMBDA "<lambda>" DOT_ZERO ".0" SIZEOF "__sizeof__" GETSTATE "__getstate__" CR_FRAME "cr_frame"
    FSPATH "__fspath__" STATIC_ATTRIBUTES "__static_attributes__" FIRST_LINE "__firstlineno__" OBJCLASS "__objclass__" HASATTR_MARK "__hasattr__" FORWARD_ARG "__forward_arg__"
}
