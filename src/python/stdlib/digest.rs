//! The native part of `hashlib`.

use crate::python::{Args, Flow, Machine, Module, Raise};
use sha2::Digest;

/// Fills the module `_hash`.
pub(super) fn fill(machine: &mut Machine, module: Module) {
    module.function(machine, "digest", digest);
}

/// `digest(name, data)`: the digest's bytes.
fn digest(machine: &mut Machine, args: Args) -> Result<Flow, Raise> {
    let [name, data] = args.exactly(machine, "digest")?;
    let data = machine.bytes_of(data).unwrap_or_default();
    let digest = match machine.heap.text(name).unwrap_or_default() {
        "md5" => md5::Md5::digest(&data).to_vec(),
        "sha1" => sha1::Sha1::digest(&data).to_vec(),
        "sha224" => sha2::Sha224::digest(&data).to_vec(),
        "sha256" => sha2::Sha256::digest(&data).to_vec(),
        "sha384" => sha2::Sha384::digest(&data).to_vec(),
        "sha512" => sha2::Sha512::digest(&data).to_vec(),
        _ => return Err(machine.value_error("unsupported hash type")),
    };
    Ok(super::bytes(machine, &digest).into())
}
