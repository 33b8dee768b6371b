"""Pure functions from stored rows to pictures: no Streamlit, no DuckDB, no figure computed."""
