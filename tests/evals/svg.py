"""Pictures of curves as SVG: no library, black words on white, legible without colours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 640, 460
LEFT, RIGHT, TOP, BOTTOM = 74, 24, 52, 64
FONT = "font-family='Helvetica, Arial, sans-serif'"
COLOURS = ("#1b4f91", "#b04a00", "#2f6b2f")
DASHES = ("", "7 4", "2 3")


class Point(NamedTuple):
    """A place in the picture; `low` and `high`: its interval upwards and downwards."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


class Curve(NamedTuple):
    """Points with a name."""

    name: str
    points: Sequence[Point]
    note: str = ""
    """Stands under the name."""


class Axis(NamedTuple):
    """What an axis counts, as shares from `first` to `last` with marks at `step`."""

    title: str
    first: float
    last: float
    step: float


def picture(title: str, across: Axis, up: Axis, curves: Sequence[Curve], *, diagonal: bool = False) -> str:
    """Draw curves over two axes of shares."""
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}' role='img'>",
        f"<title>{escape(title)}</title>",
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='white'/>",
        _words(WIDTH / 2, 24, title, size=16, anchor="middle", weight="bold"),
        *_grid(across, up),
    ]
    if diagonal:
        start = max(across.first, up.first)
        parts.append(_line(_x(start, across), _y(start, up), _x(across.last, across), _y(up.last, up), "#777", dash="4 4"))
    for number, curve in enumerate(curves):
        parts += _drawn(curve, across, up, number)
        # A curve along the diagonal leaves room below it, others above.
        parts += _named(curve, number, HEIGHT - BOTTOM - 44 if diagonal else TOP + 18)
    return "\n".join([*parts, "</svg>", ""])


def _x(value: float, axis: Axis) -> float:
    return LEFT + (value - axis.first) / (axis.last - axis.first) * (WIDTH - LEFT - RIGHT)


def _y(value: float, axis: Axis) -> float:
    return HEIGHT - BOTTOM - (value - axis.first) / (axis.last - axis.first) * (HEIGHT - TOP - BOTTOM)


def _grid(across: Axis, up: Axis) -> list[str]:
    parts = []
    for number in range(round((across.last - across.first) / across.step) + 1):
        value = across.first + number * across.step
        x = _x(value, across)
        parts += [_line(x, TOP, x, HEIGHT - BOTTOM, "#e3e3e3"), _words(x, HEIGHT - BOTTOM + 20, f"{value:.0%}", anchor="middle")]
    for number in range(round((up.last - up.first) / up.step) + 1):
        value = up.first + number * up.step
        y = _y(value, up)
        parts += [_line(LEFT, y, WIDTH - RIGHT, y, "#e3e3e3"), _words(LEFT - 8, y + 4, f"{value:.0%}", anchor="end")]
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return [
        *parts,
        _line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#333"),
        _line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#333"),
        _words((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, across.title, size=14, anchor="middle"),
        f"<g transform='rotate(-90 20 {middle})'>{_words(20, middle, up.title, size=14, anchor='middle')}</g>",
    ]


def _drawn(curve: Curve, across: Axis, up: Axis, number: int) -> list[str]:
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    way = " ".join(f"{_x(point.x, across):.1f},{_y(point.y, up):.1f}" for point in curve.points)
    parts = [f"<polyline points='{way}' fill='none' stroke='{colour}' stroke-width='2' stroke-dasharray='{dash}'/>"]
    for point in curve.points:
        x, y = _x(point.x, across), _y(point.y, up)
        if point.low is not None and point.high is not None:
            parts.append(_line(x, _y(point.low, up), x, _y(point.high, up), colour))
            parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'/>")
    return parts


def _named(curve: Curve, number: int, top: int) -> list[str]:
    x, y = LEFT + 14, top + 20 * number
    colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    named = [_line(x, y - 4, x + 30, y - 4, colour, dash=dash, width=2), _words(x + 38, y, curve.name, size=13)]
    return [*named, _words(x + 38, y + 17, curve.note)] if curve.note else named


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, dash: str = "", width: int = 1) -> str:
    way = f"x1='{x:.1f}' y1='{y:.1f}' x2='{to_x:.1f}' y2='{to_y:.1f}'"
    return f"<line {way} stroke='{colour}' stroke-width='{width}' stroke-dasharray='{dash}'/>"


def _words(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", weight: str = "normal") -> str:
    style = f"{FONT} font-size='{size}' font-weight='{weight}' text-anchor='{anchor}' fill='#111'"
    return f"<text x='{x:.1f}' y='{y:.1f}' {style}>{escape(text)}</text>"
