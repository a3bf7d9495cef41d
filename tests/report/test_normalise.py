from __future__ import annotations

from nbformat import v4

from portfolj.report.normalise import normalised


def test_a_path_goes_but_the_same_letters_in_a_picture_stay() -> None:
    picture = '<img src="data:image/svg+xml;base64,AA/srv/dataBB">'
    html = f'{picture} "/srv/data/raw/x.csv" file:///srv/data/y /srv/database'
    cell = v4.new_code_cell(outputs=[v4.new_output("display_data", data={"text/html": html})])
    clean = normalised(v4.new_notebook(cells=[cell]), parameters={}, private_paths=["/srv/data"])
    assert clean.cells[0].outputs[0].data["text/html"] == f'{picture} "…/raw/x.csv" …/y /srv/database'


def test_the_notebook_given_is_not_changed() -> None:
    cell = v4.new_code_cell(outputs=[v4.new_output("stream", name="stderr", text="x")], metadata={"papermill": {}})
    notebook = v4.new_notebook(cells=[cell])
    clean = normalised(notebook, parameters={"year": 2019}, private_paths=[])
    assert (len(notebook.cells[0].outputs), len(clean.cells[0].outputs)) == (1, 0)
    assert "papermill" in notebook.cells[0].metadata
