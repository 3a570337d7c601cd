"""Sphinx settings; build with ``sphinx-build -W -n docs <out>``."""

from importlib.metadata import version as installed_version

project = "stepdsl"
author = "stepdsl contributors"
project_copyright = "stepdsl contributors"
release = version = installed_version("stepdsl")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_design"]
exclude_patterns = ["_build"]
default_role = "code"  # docstrings have code between single backticks, as Markdown has
nitpicky = True
# What is documented elsewhere or in the tables of the reference, and names that only type checkers import.
nitpick_ignore_regex = [
    ("py:class", r"(collections\.abc|enum|typing|urllib3)\..+"),
    ("py:class", r"stepdsl\.(core|model)\..+"),
    ("py:class", r"stepdsl\.(wire\.T|rendering\.screen\.View)"),
    (
        "py:class",
        r"(Wsgi)?Application|Model|FakeClock|FlowClient|FlowSession|Reply|ScriptedTransport|(_?pytest|hypothesis)\..+",
    ),
    ("py:class", r"(flask|django|starlette|werkzeug)\..+|WSGI\w+|StartResponse|BackgroundTask|_Answer|~?P"),
]

html_theme = "furo"
html_title = f"stepdsl {release}"
html_static_path = ["_static"]
html_css_files = ["tables.css"]

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]

add_module_names = False
autodoc_typehints = "description"
autodoc_member_order = "bysource"
