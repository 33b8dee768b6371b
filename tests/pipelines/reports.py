"""Teams reports as text, in the words of several languages: what is told apart is never a word."""

import csv
import io

Person = tuple[str, str]
ANN: Person = ("Roe, Ann", "ann@nhs.example")
BOB: Person = ("Bob Doe (External)", "bob@mail.example")
WELSH = ("Enw Llawn", "Gweithred", "Stamp Amser")
# Sections, summary, headings of participants.
PARTICIPANTS_IN = {
    "English": (
        ("1. Summary", "2. Participants", "3. In-Meeting Activities"),
        ("Meeting title", "Attended participants", "Start time", "End time"),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
    ),
    "German": (
        ("1. Zusammenfassung", "2. Teilnehmer", "3. Aktivitäten in der Besprechung"),
        ("Titel der Besprechung", "Anwesende Teilnehmer", "Startzeit", "Endzeit"),
        ("Name", "Erster Beitritt", "Zuletzt verlassen", "Dauer", "E-Mail", "Teilnehmer-ID (UPN)", "Rolle"),
    ),
    "French": (
        ("1. Résumé", "2. Participants", "3. Activités pendant la réunion"),
        ("Titre de la réunion", "Participants présents", "Heure de début", "Heure de fin"),
        ("Nom", "Première connexion", "Dernier départ", "Durée", "E-mail", "ID du participant (UPN)", "Rôle"),
    ),
}
JOINS_IN = {
    "English": (
        ("Meeting Summary", "Total Number of Participants", "Meeting Title", "Meeting Start Time", "Meeting End Time"),
        ("Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role", "Participant ID (UPN)"),
    ),
    "Welsh": (
        ("Crynodeb o'r cyfarfod", "Nifer y cyfranogwyr", "Teitl y cyfarfod", "Amser dechrau", "Amser gorffen"),
        ("Enw Llawn", "Amser Ymuno", "Amser Gadael", "Hyd", "E-bost", "Rôl", "ID y Cyfranogwr (UPN)"),
    ),
}


def participants(
    *people: Person,
    title: str = "Ward one improvement",
    start: str = "04/05/2026, 10:00:30",
    end: str = "",
    stated: int | None = None,
    language: str = "English",
) -> str:
    """Generation 3, tab separated."""
    (first, second, third), (title_word, count_word, start_word, end_word), headings = PARTICIPANTS_IN[language]
    end = end or start
    return written(
        [first],
        [title_word, title],
        [count_word, str(len(people) if stated is None else stated)],
        [start_word, start],
        [end_word, end],
        ["Durée", "45m 0s"],
        [],
        [second],
        headings,
        *([name, start, end, "45m 0s", email.upper(), email, "Presenter"] for name, email in people),
        [],
        [third],
        ["Name", "Join", "Leave", "Duration", "Email", "Role"],
        *([name, start, end, "45m 0s", email, "Presenter"] for name, email in people),
    )


def joins(
    *people: Person,
    title: str = "Ward one improvement",
    start: str = "04/05/2026, 10:00:30",
    language: str = "English",
    separator: str = "\t",
) -> str:
    """Generation 2, one row for each join."""
    (summary, count_word, title_word, start_word, end_word), headings = JOINS_IN[language]
    return written(
        [summary],
        [count_word, str(len(set(people)))],
        [title_word, title],
        [start_word, start],
        [end_word, start],
        ["Id", "3c94d18ca30d4f72"],
        [],
        headings,
        *([name, start, start, "30 min 0 sek.", email, "Presenter", email] for name, email in people),
        separator=separator,
    )


def event_log(*names: str, headings: tuple[str, ...] = ("Full Name", "User Action", "Timestamp")) -> str:
    """Generation 1: each joins and leaves."""
    actions = ("Joined", "Left") if headings[0] == "Full Name" else ("Ymunodd", "Gadawodd")
    return written(headings, *([name, action, "04/05/2026, 10:00:30"] for name in names for action in actions))


def written(*lines: list[str] | tuple[str, ...], separator: str = "\t") -> str:
    """Lines as a CSV writer writes them."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return text.getvalue()
