"""Compare two plans side by side.

On a narrow screen, the two columns become one. `bias` makes the right column wider. Each column contains a box,
and the same function fills both boxes. The function takes the builder of a list of layouts, so it can be used for
every list of layouts.

Shows: columns, boxes, headings, markdown, a function that takes a builder
Generation: core
"""

from stepdsl import ColumnsLayout, LayoutListBuilder, Step


def plan(column: LayoutListBuilder, name: str, price: str, features: list[str], url: str) -> None:
    """Put a plan into a column."""
    with column.box(border=True) as box:
        with box.components() as inside:
            inside.heading(text=name, size="sm")
            inside.heading(text=price, size="lg")
            inside.markdown(content="\n".join(f"- {feature}" for feature in features))
            inside.button(title=f"Choose {name}", control="secondary").action(url=url)


with Step.build(id="compare-plans", title="Choose a plan") as plans:
    with plans.layout() as layout:
        with layout.columns(bias=ColumnsLayout.Bias.RIGHT) as columns:
            with columns.left() as left:
                plan(left, "Basic", "Free", ["One account", "Two transfers a month"], "/plans/basic")
            with columns.right() as right:
                plan(right, "Plus", "5 EUR a month", ["**Ten** accounts", "Any number of transfers"], "/plans/plus")

step = plans.built
