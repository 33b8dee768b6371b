"""What Streamlit runs for every reader.

It stands apart because a script beside a folder called `pages` makes Streamlit serve that folder's files by
themselves, to whoever comes first and asks for a page by its address.
"""

from dashboard.app import main

main()
