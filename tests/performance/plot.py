"""Draws points and the line that fits them best, as an SVG that reads well on light and on dark ground."""
import html
import math

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 48, 52
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #8c959f; stroke-opacity: .35 }
  .line { stroke: #0969da; stroke-width: 2; stroke-opacity: .6 }
  .point { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .line { stroke: #58a6ff }
    .point { fill: #58a6ff }
  }
"""


def fitted(points):
    """Slope and intercept of least squares."""
    count = len(points)
    middle_x, middle_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / spread
    return slope, middle_y - slope * middle_x


def steps(largest):
    """About five round numbers from 0 to what is not below the largest value."""
    rough = largest / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * number for number in range(math.ceil(largest / step) + 1)]


def svg(title, x_name, y_unit, points):
    """A plot of points from 0 on; `title` is above it, the name of what is on the horizontal axis below."""
    x_steps, y_steps = steps(max(x for x, _ in points)), steps(max(y for _, y in points))

    def across(x):
        return round(LEFT + x / x_steps[-1] * (WIDTH - LEFT - RIGHT), 1)

    def up(y):
        return round(HEIGHT - BOTTOM - y / y_steps[-1] * (HEIGHT - TOP - BOTTOM), 1)

    title = html.escape(title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="26">{title}</text>',
    ]
    for y in y_steps:
        parts.append(f'<path class="grid" d="M{LEFT} {up(y)}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{up(y) + 4}" text-anchor="end">{y:,g} {y_unit}</text>')
    for x in x_steps:
        parts.append(f'<text x="{across(x)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{x:,g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{x_name}</text>')
    slope, start = fitted(points)
    end = max(x for x, _ in points)
    first, last = max(start, 0), max(start + slope * end, 0)
    parts.append(f'<path class="line" d="M{across(0)} {up(first)}L{across(end)} {up(last)}"/>')
    for x, y in points:
        told = html.escape(f"{x:,}: {y:,.2f} {y_unit}")
        spot = f'cx="{across(x)}" cy="{up(y)}" r="4"'
        parts.append(f'<circle class="point" {spot}><title>{told}</title></circle>')
    return "\n".join([*parts, "</svg>", ""])
