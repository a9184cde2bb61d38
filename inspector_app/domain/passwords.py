"""When a password of this PC is good enough, and how long wrong ones make one wait."""

SHORTEST = 8
SHORTEST_DIGITS = 12
FREE_TRIES = 3
FIRST_WAIT, LONGEST_WAIT = 5, 300  # seconds


def problem_of(password: str, name: str) -> str:
    """Why the password of that person is too weak, in a sentence; "" when it will do.

    Somebody who has stolen the disk can guess without waiting: what counts is how many guesses
    there are to make.
    """
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 位。"
    if password.isdigit() and len(password) < SHORTEST_DIGITS:
        return f"密码只有数字时至少 {SHORTEST_DIGITS} 位。"
    if len(set(password)) < 4:
        return "密码里重复的字符太多。"
    if name and name in password and len(password) < SHORTEST + len(name):
        return "密码不要用自己的姓名。"
    return ""


def wait_after(failed: int) -> int:
    """Seconds between so many wrong passwords and the next try: none at first, then longer."""
    if failed < FREE_TRIES:
        return 0
    longer: int = FIRST_WAIT * 2 ** min(failed - FREE_TRIES, 10)
    return min(longer, LONGEST_WAIT)
