"""People in delivered files: what stands for them, and that nothing that names them is kept."""

from tests.pipelines import reports
from tests.pipelines.bench import TEAMS, Bench, Row, attended, meeting

SECRETS = ["jane.doe@nhs.example", "Jane Doe", "REG-00417", "+44 7700 900123", "9434765919", "Roe family meeting"]


def write(bench: Bench, text: str, name: str) -> None:
    (bench.landing / "attendance").mkdir(exist_ok=True)
    (bench.landing / "attendance" / name).write_text(text, encoding="utf-8")


def found_in_warehouse(bench: Bench, secrets: list[str]) -> list[str]:
    """Where any of the words stands: in a byte of the data folder, or in a text column of any table."""
    bench.warehouse.execute("checkpoint")
    tables = bench.warehouse.rows(
        "select table_schema, table_name, column_name from information_schema.columns where data_type like 'VARCHAR%'"
    )
    found = []
    for secret in secrets:
        files = [path for path in bench.landing.parent.glob("*.duckdb*") if path.is_file()]
        found += [f"{secret} in {path.name}" for path in files if secret.lower().encode() in path.read_bytes().lower()]
        for schema, table, column in tables:
            query = (
                f'select count(*) from {schema}.{table} where contains(lower(cast("{column}" as varchar)), lower(?))'
            )
            found += [f"{secret} in {schema}.{table}.{column}"] * bool(bench.warehouse.value(query, [secret]))
    return found


def test_no_secret_stands_in_any_byte_or_text_column(bench: Bench) -> None:
    email, name, number, phone, nhs, title = SECRETS
    people: Row = {"person": number, "person_role": "carer", "email": email, "phone": phone, "nhs number": nhs}
    bench.deliver("people", *[people | {"person": f"{number}{place}"} for place in range(20)])
    bench.deliver("people", *([people] * 8), people | {"person_role": name}, name="name in a list.csv")
    good = "M1,P1,attended\n" * 15
    lines = f'meeting_id,person,attendance\n{good}M1,{number},{name}\nM1,P1,attended,{phone}\nM1,"{name}" x,{email}\n'
    write(bench, lines, "bad cells.csv")
    bench.deliver("meetings", *([meeting("M1", online_title=title)] * 9), meeting("M1", held_at=name))
    write(bench, f"{name},{email}\n{number},{nhs}\n", "no headings.csv")
    outcomes = [entry.outcome for entry in bench.run()]
    assert sorted(outcomes) == ["loaded"] * 5 + ["refused"]
    assert found_in_warehouse(bench, SECRETS) == []


def test_the_search_for_secrets_finds_what_is_there(bench: Bench) -> None:
    bench.run()
    assert found_in_warehouse(bench, ["Street two"])


def test_an_address_and_a_number_are_one_person_through_the_alias_alone(bench: Bench) -> None:
    bench.deliver("people", {"person": "R1", "person_role": "carer", "email": "jane@example.org"})
    bench.deliver("attendance", attended("M1", "R1"), attended("M2", "JANE@example.org"))
    bench.run()
    assert bench.warehouse.value("select count(distinct person) from raw.attendance") == 2
    assert bench.warehouse.value("select count(distinct person) from resolved.attendance") == 1


def test_a_candidate_is_not_the_person_of_the_same_number(bench: Bench) -> None:
    bench.deliver("people", {"person": "R1", "person_role": "carer"})
    row: Row = {"candidate": "R1", "team_id": "T1", "opportunity_id": "O", "stage": "interest", "event_on": "1/2/2025"}
    bench.deliver("recruitment", row)
    bench.run()
    assert len(bench.warehouse.rows("select person from raw.people union select candidate from raw.recruitment")) == 2


def test_the_values_of_an_extra_column_are_nowhere(bench: Bench) -> None:
    bench.deliver("teams", TEAMS[0] | {"Ward phone": "020-secret-phone"}, name="extra.csv")
    bench.run()
    assert found_in_warehouse(bench, ["020-secret-phone"]) == []


def test_nobody_in_a_report_is_named_anywhere(bench: Bench) -> None:
    bench.deliver("meetings", meeting("M1", online_title="Doe family meeting"))
    folder = bench.landing / "ms_teams"
    folder.mkdir()
    someone = [("Jane Doe (External)", "jane.doe@nhs.example"), ("Joe Dialled In", "")]
    (folder / "report.csv").write_bytes(reports.joins(*someone, title="Doe family meeting").encode("utf-16"))
    (folder / "M1.csv").write_bytes(reports.event_log("Jim Roe").encode("utf-16"))
    (folder / "waits.csv").write_bytes(reports.participants(*someone, title="Roe family").encode("utf-16"))
    assert [entry.outcome for entry in bench.run()] == ["loaded"] * 5
    assert found_in_warehouse(bench, ["Jane Doe", "jane.doe", "Dialled", "Jim Roe", "Doe family", "Roe family"]) == []
