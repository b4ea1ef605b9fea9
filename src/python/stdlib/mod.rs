//! The standard library: modules in Python of our own words, over a few natives in Rust.
//!
//! A module is compiled when it is first imported. The natives are named with an underscore and are nobody's API:
//! [`host`] (clock, randomness, files, console), [`pattern`] (`re`), [`json`], [`digest`] (`hashlib`), [`words`] (format
//! specifications and templates), [`typing`], and [`math`], which is whole.

mod digest;
mod evaluate;
mod frames;
mod host;
mod json;
mod math;
mod pattern;
mod typing;
mod words;

use crate::python::heap::object::Data;
use crate::python::{Machine, Value, classes};

/// The modules in Python: dotted name and source.
const MODULES: &[(&str, &str)] = &[
    ("__future__", include_str!("py/__future__.py")),
    ("_asyncio_loop", include_str!("py/_asyncio_loop.py")),
    ("_asyncio_sync", include_str!("py/_asyncio_sync.py")),
    ("_asyncio_waits", include_str!("py/_asyncio_waits.py")),
    ("_calendar_days", include_str!("py/_calendar_days.py")),
    ("_datetime_text", include_str!("py/_datetime_text.py")),
    ("_decimal_context", include_str!("py/_decimal_context.py")),
    ("_deque", include_str!("py/_deque.py")),
    ("_enum_checks", include_str!("py/_enum_checks.py")),
    ("_format", include_str!("py/_format.py")),
    ("_namedtuple", include_str!("py/_namedtuple.py")),
    ("_timedelta", include_str!("py/_timedelta.py")),
    ("_typing_hints", include_str!("py/_typing_hints.py")),
    ("_typing_records", include_str!("py/_typing_records.py")),
    ("abc", include_str!("py/abc.py")),
    ("ast", include_str!("py/ast.py")),
    ("asyncio", include_str!("py/asyncio.py")),
    ("atexit", include_str!("py/atexit.py")),
    ("base64", include_str!("py/base64.py")),
    ("binascii", include_str!("py/binascii.py")),
    ("bisect", include_str!("py/bisect.py")),
    ("calendar", include_str!("py/calendar.py")),
    ("codecs", include_str!("py/codecs.py")),
    ("collections", include_str!("py/collections.py")),
    ("collections.abc", include_str!("py/collections_abc.py")),
    ("configparser", include_str!("py/configparser.py")),
    ("contextlib", include_str!("py/contextlib.py")),
    ("contextvars", include_str!("py/contextvars.py")),
    ("copy", include_str!("py/copy.py")),
    ("csv", include_str!("py/csv.py")),
    ("dataclasses", include_str!("py/dataclasses.py")),
    ("datetime", include_str!("py/datetime.py")),
    ("decimal", include_str!("py/decimal.py")),
    ("dotenv", include_str!("py/dotenv.py")),
    ("enum", include_str!("py/enum.py")),
    ("errno", include_str!("py/errno.py")),
    ("fnmatch", include_str!("py/fnmatch.py")),
    ("functools", include_str!("py/functools.py")),
    ("gc", include_str!("py/gc.py")),
    ("glob", include_str!("py/glob.py")),
    ("hashlib", include_str!("py/hashlib.py")),
    ("heapq", include_str!("py/heapq.py")),
    ("hmac", include_str!("py/hmac.py")),
    ("importlib", include_str!("py/importlib.py")),
    ("importlib.metadata", include_str!("py/importlib_metadata.py")),
    ("importlib.resources", include_str!("py/importlib_resources.py")),
    ("importlib.util", include_str!("py/importlib_util.py")),
    ("inspect", include_str!("py/inspect.py")),
    ("io", include_str!("py/io.py")),
    ("itertools", include_str!("py/itertools.py")),
    ("json", include_str!("py/json.py")),
    ("keyword", include_str!("py/keyword.py")),
    ("linecache", include_str!("py/linecache.py")),
    ("logging", include_str!("py/logging.py")),
    ("logging.config", include_str!("py/logging_config.py")),
    ("logging.handlers", include_str!("py/logging_handlers.py")),
    ("numbers", include_str!("py/numbers.py")),
    ("operator", include_str!("py/operator.py")),
    ("os", include_str!("py/os.py")),
    ("os.path", include_str!("py/os_path.py")),
    ("pathlib", include_str!("py/pathlib.py")),
    ("pkgutil", include_str!("py/pkgutil.py")),
    ("platform", include_str!("py/platform.py")),
    ("posixpath", include_str!("py/posixpath.py")),
    ("pprint", include_str!("py/pprint.py")),
    ("random", include_str!("py/random.py")),
    ("re", include_str!("py/re.py")),
    ("secrets", include_str!("py/secrets.py")),
    ("shlex", include_str!("py/shlex.py")),
    ("shutil", include_str!("py/shutil.py")),
    ("string", include_str!("py/string.py")),
    ("sys", include_str!("py/sys.py")),
    ("textwrap", include_str!("py/textwrap.py")),
    ("threading", include_str!("py/threading.py")),
    ("time", include_str!("py/time.py")),
    ("traceback", include_str!("py/traceback.py")),
    ("types", include_str!("py/types.py")),
    ("typing", include_str!("py/typing.py")),
    ("typing_extensions", include_str!("py/typing_extensions.py")),
    ("urllib", include_str!("py/urllib.py")),
    ("urllib.parse", include_str!("py/urllib_parse.py")),
    ("uuid", include_str!("py/uuid.py")),
    ("warnings", include_str!("py/warnings.py")),
    ("weakref", include_str!("py/weakref.py")),
    ("zoneinfo", include_str!("py/zoneinfo.py")),
];

/// Makes the standard library importable.
pub fn install(machine: &mut Machine) {
    for (name, source) in MODULES {
        machine.embed(name, source);
    }
    machine.native_module("_host", host::fill);
    machine.native_module("_re", pattern::fill);
    machine.native_module("_json", json::fill);
    machine.native_module("_frames", frames::fill);
    machine.native_module("_hash", digest::fill);
    machine.native_module("_text", words::fill);
    machine.native_module("_typing", typing::fill);
    evaluate::add(machine);
    machine.native_module("math", math::fill);
}

/// A `bytes` object.
fn bytes(machine: &mut Machine, bytes: &[u8]) -> Value {
    machine.heap.alloc(classes::BYTES, Data::Bytes(bytes.into())).into()
}

/// The names that `import` finds here.
pub fn names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().map(|(name, _)| *name).chain(["math"])
}
