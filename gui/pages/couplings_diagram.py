"""The wiring of one coupling, drawn: grid, measurement, switchboard, inverter, battery, PV, house, backup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import look
from gui.widgets.icons import paint_icon

WIDE, WITHOUT_BACKUP, HIGH = 896.0, 700.0, 440.0  # the drawing in its own units
LEAST_TEXT = 9.0  # pixels; below it, no labels

GRID, CT, BOARD, INVERTER, BOX, CIRCUITS = (60.0, 180.0, 304.0, 528.0, 702.0, 824.0)  # from left to right
PV_AC = 164.0
TOP, MIDDLE, BOTTOM = 72.0, 204.0, 346.0
SENSE = 282.0  # height of the measuring cable
ROUND, BOX_W, BOX_H, ARROW = 32.0, 92.0, 56.0, 29.0

AC, SOLAR, BATTERY, SIGNAL, BACKUP = "house", "solar", "battery", "accent", "house"


class CouplingDiagram(QWidget):
    """Scales with its room. ``compact`` leaves out words and draws the parts larger: for a card of the choice."""

    def __init__(self, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = compact
        self._parts: frozenset[str] = frozenset()
        self._sense = "ct"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self.update)

    def show_parts(self, parts: Sequence[str], sense: str) -> None:
        """Draw another configuration; ``sense`` is "ct" or "meter"."""
        if (frozenset(parts), sense) != (self._parts, self._sense):
            self._parts, self._sense = frozenset(parts), sense
            self.update()
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """What is drawn, for those who do not see it."""
        named = {
            "pv_dc": self.tr("PV on the inverter"),
            "pv_ac": self.tr("existing PV inverter on the switchboard"),
            "battery": self.tr("battery on the inverter"),
            "backup": self.tr("backup box and circuits on the EPS output"),
        }
        sense = self.tr("CT on the supply") if self._sense == "ct" else self.tr("meter in the supply")
        return ", ".join([sense, *(words for part, words in named.items() if part in self._parts)])

    def sizeHint(self) -> QSize:
        return QSize(300, 150) if self._compact else QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80) if self._compact else QSize(360, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = WIDE if "backup" in self._parts else WITHOUT_BACKUP
        fitted = WIDE if self._compact else wide  # cards beside each other are drawn to one scale
        scale = min(self.width() / fitted, self.height() / HIGH)
        painter.translate((self.width() - wide * scale) / 2, (self.height() - HIGH * scale) / 2)
        painter.scale(scale, scale)
        brush = _Brush(painter, scale, self._compact)
        self._paint_lines(brush)
        self._paint_sense(brush)
        self._paint_parts(brush)

    # -- inside ------------------------------------------------------------------------------------------------

    def _paint_lines(self, brush: _Brush) -> None:
        brush.line(AC, (GRID, MIDDLE), (INVERTER, MIDDLE))
        brush.line(AC, (BOARD, MIDDLE), (BOARD, BOTTOM))
        brush.word("AC", ((BOARD + INVERTER) / 2, MIDDLE), AC)
        if "pv_ac" in self._parts:
            brush.line(AC, (BOARD, TOP), (BOARD, MIDDLE))
            brush.line(SOLAR, (PV_AC, TOP), (BOARD, TOP))
            brush.word("DC", ((PV_AC + BOARD) / 2 - 10, TOP), SOLAR)
            brush.word("AC", (BOARD, (TOP + MIDDLE) / 2), AC)
        if "pv_dc" in self._parts:
            brush.line(SOLAR, (INVERTER, TOP), (INVERTER, MIDDLE))
            brush.word("DC", (INVERTER, (TOP + MIDDLE) / 2 + 3), SOLAR)
        if "battery" in self._parts:
            brush.line(BATTERY, (INVERTER, MIDDLE), (INVERTER, BOTTOM))
            brush.word("DC", (INVERTER, (MIDDLE + BOTTOM) / 2), BATTERY)
        if "backup" in self._parts:
            brush.line(BACKUP, (INVERTER, MIDDLE), (CIRCUITS, MIDDLE))
            brush.word("EPS", ((INVERTER + BOX) / 2 + 9, MIDDLE), BACKUP)

    def _paint_sense(self, brush: _Brush) -> None:
        """The measuring cable: from the supply to the inverter, with a hop over the house's line."""
        end = INVERTER - 34
        path = QPainterPath(QPointF(CT, MIDDLE + 18))
        path.lineTo(CT, SENSE - 10)
        path.quadTo(CT, SENSE, CT + 10, SENSE)
        path.lineTo(BOARD - 9, SENSE)
        path.arcTo(QRectF(BOARD - 9, SENSE - 9, 18, 18), 180, -180)
        path.lineTo(end - 10, SENSE)
        path.quadTo(end, SENSE, end, SENSE - 10)
        path.lineTo(end, MIDDLE + 38)
        brush.path(SIGNAL, path)
        words = self.tr("CT cable, under 5 m") if self._sense == "ct" else self.tr("RS485: A on 3, B on 4")
        brush.label(words, (BOARD + 22, SENSE + 16), side="right", role="secondary")

    def _paint_parts(self, brush: _Brush) -> None:
        brush.circle("grid", "grid_import", (GRID, MIDDLE), self.tr("Grid"))
        brush.box((BOARD, MIDDLE), self.tr("Switchboard"), AC)
        brush.circle("house", AC, (BOARD, BOTTOM), self.tr("House"))
        brush.box((INVERTER, MIDDLE), "AURA", "accent", strong=True, wide=128, high=76)
        if "pv_ac" in self._parts:
            brush.circle("solar", SOLAR, (PV_AC, TOP), self.tr("Existing PV"), side="left")
            brush.box((BOARD, TOP), self.tr("PV inverter"), SOLAR)
        if "pv_dc" in self._parts:
            brush.circle("solar", SOLAR, (INVERTER, TOP), self.tr("PV on the AURA"), side="right")
        if "battery" in self._parts:
            brush.circle("battery", BATTERY, (INVERTER, BOTTOM), self.tr("Battery"))
        if "backup" in self._parts:
            brush.box((BOX, MIDDLE), self.tr("Backup box"), BACKUP)
            brush.circle("backup", BACKUP, (CIRCUITS, MIDDLE), self.tr("Backup circuits"))
        brush.sense(self._sense, (CT, MIDDLE))
        brush.above(self.tr("CT on L") if self._sense == "ct" else self.tr("Meter"), self.tr("+ import"), (CT, MIDDLE))


class _Brush:
    """The few shapes of the drawing, in its units."""

    def __init__(self, painter: QPainter, scale: float, compact: bool) -> None:
        self._painter, self._compact = painter, compact
        self._grow = 1.5 if compact else 1.0
        size = max(15.0, min(18.0, 12.0 / max(scale, 0.01)))  # about 12 pixels, whatever the scale
        self._size = 0.0 if compact or size * scale < LEAST_TEXT else size

    def line(self, role: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        self._painter.setPen(self._pen(role))
        self._painter.drawLine(QPointF(*start), QPointF(*end))

    def path(self, role: str, path: QPainterPath) -> None:
        pen = self._pen(role, 2.0)
        pen.setDashPattern([3.0, 3.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)

    def circle(self, icon: str, role: str, at: tuple[float, float], words: str, side: str = "") -> None:
        middle, radius = QPointF(*at), ROUND * (1.15 if self._compact else 1.0)
        self._painter.setPen(self._pen(role, 2.4))
        self._painter.setBrush(look().colour("card"))
        self._painter.drawEllipse(middle, radius, radius)
        size = radius * 1.15
        where = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
        paint_icon(self._painter, icon, where, look().colour(role))
        beside = radius + 12
        place = {"right": (at[0] + beside, at[1]), "left": (at[0] - beside, at[1])}
        self.label(words, place.get(side, (at[0], at[1] + radius + 16)), side=side)

    def box(
        self,
        at: tuple[float, float],
        words: str,
        role: str,
        *,
        strong: bool = False,
        wide: float = BOX_W,
        high: float = BOX_H,
    ) -> None:
        font = self._font(600 if strong else 500)
        if self._size and not strong:
            longest = max(QFontMetricsF(font).horizontalAdvance(word) for word in words.split(" "))
            wide = max(wide, longest + 18)
        where = QRectF(at[0] - wide / 2, at[1] - high / 2, wide, high)
        self._painter.setPen(self._pen(role, 2.4))
        self._painter.setBrush(look().colour("card"))
        self._painter.drawRoundedRect(where, 10, 10)
        if self._size or strong:
            if strong:
                font.setPixelSize(round(self._size * 1.15) or 30)
            self._painter.setFont(font)
            self._painter.setPen(look().colour("text"))
            inside = where.adjusted(7, 0, -7, 0)
            self._painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def sense(self, kind: str, at: tuple[float, float]) -> None:
        """A ring around the supply, or a meter in it, and which way it counts as plus."""
        middle = QPointF(*at)
        self._painter.setPen(self._pen("accent", 3.0))
        self._painter.setBrush(Qt.BrushStyle.NoBrush if kind == "ct" else look().colour("card"))
        if kind == "ct":
            self._painter.drawEllipse(middle, 9 * self._grow, 18 * self._grow)
        else:
            self._painter.drawRoundedRect(QRectF(at[0] - 22, at[1] - 18, 44, 36), 6, 6)
            if self._size:
                self._painter.setFont(self._font(600))
                self._painter.setPen(look().colour("accent"))
                self._painter.drawText(QRectF(at[0] - 22, at[1] - 18, 44, 36), Qt.AlignmentFlag.AlignCenter, "kWh")
        if self._compact:
            return
        self._painter.setPen(self._pen("accent", 2.4))
        y = at[1] - ARROW
        self._painter.drawLine(QPointF(at[0] - 24, y), QPointF(at[0] + 22, y))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        head = QPainterPath(QPointF(at[0] + 14, y - 6))
        head.lineTo(at[0] + 24, y)
        head.lineTo(at[0] + 14, y + 6)
        self._painter.drawPath(head)

    def above(self, words: str, sign: str, at: tuple[float, float]) -> None:
        """What the measurement is, and over its arrow what it counts as plus."""
        first = at[1] - ARROW - 6 - 0.7 * self._size
        self.label(sign, (at[0], first), role="accent")
        self.label(words, (at[0], first - 1.2 * self._size))

    def word(self, words: str, at: tuple[float, float], role: str) -> None:
        """A short word that lies on a line."""
        if not self._size:
            return
        font = self._font(600, 0.82)
        room = QFontMetricsF(font).horizontalAdvance(words) + 10
        where = QRectF(at[0] - room / 2, at[1] - self._size * 0.6, room, self._size * 1.2)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(look().colour("card"))
        self._painter.drawRect(where)
        self._painter.setFont(font)
        self._painter.setPen(look().colour(role))
        self._painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def label(self, words: str, at: tuple[float, float], *, side: str = "", role: str = "text") -> None:
        """Words on one side of a place, or in its middle."""
        if not self._size:
            return
        self._painter.setFont(self._font(500))
        self._painter.setPen(look().colour(role))
        room, high = 240.0, self._size * 1.5
        left = {"right": at[0], "left": at[0] - room}.get(side, at[0] - room / 2)
        align = {"right": Qt.AlignmentFlag.AlignLeft, "left": Qt.AlignmentFlag.AlignRight}
        where = QRectF(left, at[1] - high / 2, room, high)
        flags = align.get(side, Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(where, flags, words)

    def _pen(self, role: str, width: float = 2.6) -> QPen:
        pen = QPen(look().colour(role), width * self._grow)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _font(self, weight: int, factor: float = 1.0) -> QFont:
        font = look().font("text", weight)
        font.setPixelSize(max(1, round(self._size * factor)))
        return font
