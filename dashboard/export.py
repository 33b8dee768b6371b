"""Numbers to take away."""

import polars

FORMULA_STARTS = r"^[=+\-@\t\r]"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it a spreadsheet reads the dashes of "Jul–Sep" as another encoding


def csv(rows: polars.DataFrame) -> bytes:
    """`rows` as CSV, UTF-8; text a spreadsheet would take for a formula begins with an apostrophe."""
    texts = polars.selectors.string()
    guarded = rows.with_columns(
        polars.when(texts.str.contains(FORMULA_STARTS)).then("'" + texts).otherwise(texts).name.keep()
    )
    return BYTE_ORDER_MARK + guarded.write_csv().encode()
