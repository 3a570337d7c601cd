"""The moves that a user can make on the screen that is shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stepdsl.model.step import Step
from stepdsl.model.unions import Layout
from stepdsl.testing.exploration.calls import Call, Candidate
from stepdsl.testing.exploration.filling import filling_moves
from stepdsl.testing.exploration.values import FieldValues
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.screens import Control, controls, options, toolbar_controls
from stepdsl.testing.flows.searching import results_of, title_of
from stepdsl.testing.flows.state import Screen
from stepdsl.testing.strategies.patterns import matching_texts, unsupported

__all__ = ["candidates"]

_TERMS: Final = (("start", ""), ("a", "a"))
"""The terms of searches, each with its name in the kind of the move. The empty one shows the start of the search."""
_MOST_RESULTS: Final = 3
"""So many results of a search are chosen from."""


def candidates(flow: Flow, values: FieldValues, chance: random.Random) -> list[Candidate]:
    """Return the moves that the screen allows. Several of them fill the form, each in another way."""
    screen = flow.state.screen
    if flow.state.subflow is not None:
        return list(_subflow_moves())
    assert screen is not None, "an open flow shows a step, or a subflow runs"
    if screen.is_invalid:
        return [_back(screen.step)]
    in_layouts = [
        *_pressed(controls(screen.layouts)),
        *_chosen(screen.layouts),
        *_searched(screen),
        *_selected(screen),
    ]
    if screen.modals:
        return [*in_layouts, Candidate("back", Call("back"))]
    return [
        *filling_moves(screen, values, chance),
        *in_layouts,
        *_pressed(toolbar_controls(screen.step.toolbar)),
        *_fetched(screen.step),
        *_opened(screen.step, values),
        _back(screen.step),
    ]


def _subflow_moves() -> Iterator[Candidate]:
    """Yield the two ends of a subflow."""
    yield Candidate("finish_subflow", Call("finish_subflow"))
    yield Candidate("fail_subflow", Call("fail_subflow"), goes_on=False)


def _back(step: Step) -> Candidate:
    """Return the move back. It goes on if the step has a back action."""
    navigation = step.navigation
    return Candidate("back", Call("back"), goes_on=navigation is not None and navigation.back is not None)


def _chosen(layouts: Sequence[Layout]) -> Iterator[Candidate]:
    """Yield a move for each option of a decision that its title distinguishes."""
    for title, same in _by_title(options(layouts)).items():
        if _is_one(same):
            yield Candidate(f"choose {title}", Call("choose", (title,)))


def _searched(screen: Screen) -> Iterator[Candidate]:
    """Yield the searches for a few terms. One that its title does not distinguish is left out."""
    counts = Counter(content.layout.title for content in screen.searches)
    for title in (title for title, count in counts.items() if count == 1):
        for name, term in _TERMS:
            yield Candidate(f"search {title} {name}", Call("search", (term,), {"at": title}), goes_on=bool(term))


def _selected(screen: Screen) -> Iterator[Candidate]:
    """Yield a move for each of the first search results that are shown."""
    titles = dict.fromkeys(title_of(result) for result in results_of(screen))
    for title in list(titles)[:_MOST_RESULTS]:
        yield Candidate(f"select {title}", Call("select", (title,)))


def _fetched(step: Step) -> Iterator[Candidate]:
    """Yield the moves that fetch from a URL of the step itself: polling and refresh."""
    if step.polling is not None:
        yield Candidate("poll", Call("poll"))
    if step.refresh_url is not None:
        yield Candidate("refresh", Call("refresh"), goes_on=False)


def _opened(step: Step, values: FieldValues) -> Iterator[Candidate]:
    """Yield a link for each link handler."""
    for handler in step.link_handlers or ():
        link = _link(handler.regex_pattern, values)
        if link is not None:
            yield Candidate(f"link {handler.regex_pattern}", Call("open_link", (link,)))


def _link(pattern: str, values: FieldValues) -> str | None:
    """Return a link that a pattern matches; None if none can be generated."""
    if unsupported(pattern) is not None:
        return None
    made = values.of(pattern, lambda: matching_texts(pattern, None, None))
    return made[0] if made else None


# -- controls with titles -------------------------------------------------------------------------------------------


def _pressed(found: Iterable[Control]) -> Iterator[Candidate]:
    """Yield a move for each control that can be pressed. One that no title and no id distinguishes is left out."""
    for title, same in _by_title(found).items():
        if _is_one(same):
            yield Candidate(f"press {title}", Call("press", (title,)))
        else:
            for id in dict.fromkeys(one.ids[0] for one in same if one.ids):
                yield Candidate(f"press {id}", Call("press", (), {"id": id}))


def _by_title(found: Iterable[Control]) -> dict[str, list[Control]]:
    titles: dict[str, list[Control]] = {}
    for control in found:
        if not control.disabled:
            titles.setdefault(control.title, []).append(control)
    return titles


def _is_one(found: Sequence[Control]) -> bool:
    """Return whether controls do the same."""
    return all(one.pressed == found[0].pressed for one in found)
