"""Words as a shell cuts them."""


def split(s, comments=False, posix=True):
    words, word, quote, at = [], None, None, 0
    while at < len(s):
        c = s[at]
        at += 1
        if quote == "'":
            quote, word = (None, word) if c == "'" else (quote, word + c)
        elif c == "\\":
            if at == len(s):
                raise ValueError("No escaped character")
            follows = s[at]
            at += 1
            keep = quote == '"' and follows not in '"\\'
            word = (word or "") + ("\\" if keep else "") + follows
        elif quote == '"':
            quote, word = (None, word) if c == '"' else (quote, word + c)
        elif c in "'\"":
            quote, word = c, word or ""
        elif c in " \t\r\n":
            if word is not None:
                words.append(word)
            word = None
        elif c == "#" and comments and word is None:
            while at < len(s) and s[at] != "\n":
                at += 1
        else:
            word = (word or "") + c
    if quote is not None:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append(word)
    return words


def quote(s):
    if not s:
        return "''"
    if all(c.isascii() and (c.isalnum() or c in "@%+=:,./-_") for c in s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join(quote(word) for word in split_command)
