"""Files copied and folders removed."""

import os


def copyfile(src, dst, *, follow_symlinks=True):
    with open(src, "rb") as file:
        data = file.read()
    with open(dst, "wb") as file:
        file.write(data)
    return dst


def copy(src, dst, *, follow_symlinks=True):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    return copyfile(src, dst)


copy2 = copy


def copytree(src, dst, ignore=None, dirs_exist_ok=False, **options):
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for name in os.listdir(src):
        source, target = os.path.join(src, name), os.path.join(dst, name)
        if os.path.isdir(source):
            copytree(source, target, dirs_exist_ok=dirs_exist_ok)
        else:
            copyfile(source, target)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, **options):
    if ignore_errors and not os.path.isdir(path):
        return
    for name in os.listdir(path):
        inner = os.path.join(path, name)
        rmtree(inner) if os.path.isdir(inner) else os.remove(inner)
    os.rmdir(path)


def move(src, dst):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    os.rename(src, dst)
    return dst


def which(cmd, mode=1, path=None):
    return None


def get_terminal_size(fallback=(80, 24)):
    return os.get_terminal_size(fallback)
