"""Why a file between servers is not taken. Each is one sentence for the operator; nothing of the file was used."""


class ExchangeError(Exception):
    """The sentence says what is wrong and what to do."""


class Unreadable(ExchangeError):
    """The file as a whole is refused."""


class NotOurs(Unreadable):
    def __init__(self) -> None:
        super().__init__("This is not a file of this platform, or it is empty. Choose another one.")


class TooNew(Unreadable):
    def __init__(self, version: int) -> None:
        super().__init__(
            f"The file has format {version}, which a newer release made. Update this server first."
        )


class Damaged(Unreadable):
    def __init__(self) -> None:
        super().__init__(
            "The file is damaged, cut short or changed on the way. Copy it again, or have it made again."
        )


class ForAnother(Unreadable):
    def __init__(self) -> None:
        super().__init__(
            "The file is sealed for another server. Have it made for this one"
            " (exchange_identity here, exchange_trust there)."
        )


class UnknownSender(Unreadable):
    def __init__(self, sender: object) -> None:
        super().__init__(
            f"The file comes from server {sender}, which this one does not know."
            " If you know it, run exchange_trust first."
        )


class WrongKind(Unreadable):
    def __init__(self, kind: str, wanted: str) -> None:
        super().__init__(f"This file holds a {kind}, not a {wanted}. Use import_{kind} for it.")
