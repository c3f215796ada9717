"""One check of a coupling: how to bring it about, the values as they are now, its button, its result."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.couplings.guide import Check
from core.couplings.progress import Result
from gui import formatting, i18n
from gui.models import couplings_words, wording
from gui.models.couplings import Assistants
from gui.models.couplings_run import CheckRun, Stage
from gui.models.people import name_words
from gui.widgets.card import Card, Line, Paragraph, Text
from gui.widgets.mark import Mark
from gui.widgets.scrolled import scrolled

TITLES = 232


class LiveTable(QGridLayout):
    """Titles, values, and how old they are; filled again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(4)
        self.setColumnMinimumWidth(0, TITLES)
        self.setColumnStretch(1, 1)
        self._cells: list[tuple[Line, Text, Text]] = []

    def show_rows(self, rows: list[tuple[str, str, str, str]]) -> None:
        """Title, value, age and the tone of both."""
        while len(self._cells) < len(rows):
            cells = Line("", "secondary"), Text("", "strong"), Text("", "secondary")
            for column, cell in enumerate(cells):
                self.addWidget(cell, len(self._cells), column)
            cells[0].setFixedWidth(TITLES)
            cells[1].setWordWrap(True)
            cells[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._cells.append(cells)
        for place, cells in enumerate(self._cells):
            for cell in cells:
                cell.setVisible(place < len(rows))
            if place < len(rows):
                title, value, age, tone = rows[place]
                cells[0].set_line(title)
                cells[1].setText(value)
                cells[2].setText(age)
                cells[1].set_tone(tone)
                cells[2].set_tone(tone or "secondary")

    def texts(self) -> list[tuple[str, str]]:
        """Titles and values that are shown."""
        return [(title.line(), value.text()) for title, value, _ in self._cells if not title.isHidden()]


class CheckDetail(Card):
    """One check: how to bring it about, the values as they are now, a button, the result with its figures."""

    start_asked = Signal(object, float)

    def __init__(self, assistants: Assistants, run: CheckRun, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._assistants, self._run = assistants, run
        self._check: Check | None = None
        self.about, self.stage = Paragraph("", "text"), Paragraph("", "text")
        self.start, self.switched, self.cancel = QPushButton(), QPushButton(), QPushButton()
        self.load, self._load_label, self._range = QLineEdit(), Text("", "secondary"), Text("", "secondary")
        self.bar = QProgressBar()
        self.live, self.figures = LiveTable(), LiveTable()
        self.verdict, self.sentence, self.when = Text("", "strong"), Paragraph("", "text"), Text("", "secondary")
        self._heads = [Text("", "secondary") for _ in range(3)]  # how, values, result
        self._how, self._then = QVBoxLayout(), QVBoxLayout()
        self._mark = Mark("tertiary")
        self._said, self._done = QWidget(), False
        self._build()

    def show_check(self, check: Check) -> None:
        """Show this one with its result, if it has one."""
        moved = self._check is None or self._check.id != check.id
        self._check = check
        language = i18n.current()
        self.set_title(check.title.text(language))
        self.about.setText(check.about.text(language))
        self.about.setToolTip(formatting.joined([check.source, couplings_words.confidence(check.confidence)]))
        for head, words in zip(
            self._heads,
            (self.tr("How to do it"), self.tr("Values now"), self.tr("Result")),
            strict=True,
        ):
            head.setText(words)
        _fill(self._how, [f"{row}. {words.text(language)}" for row, words in enumerate(check.provoke, 1)])
        self._load_label.setText(self.tr("Power switched, in W"))
        self.switched.setText(self.tr("It is switched"))
        self.cancel.setText(self.tr("Stop"))
        if (step := check.step) is not None:
            low, high = formatting.power(step.low_w), formatting.power(step.high_w)
            self._range.setText(self.tr("from {0} to {1}").format(low, high))
            if moved:
                self.load.setText(f"{self._assistants.progress.loads.get(check.id, step.load_w):.0f}")
        self._show_result(self._assistants.progress.results.get(check.id))
        self.refresh_live()

    def refresh_live(self) -> None:
        """The values as they are now, and how far the check is."""
        check = self._check
        if check is None:
            return
        rows: list[tuple[str, str, str, str]] = []
        for name in check.points():
            point, reading = self._assistants.point(name), self._assistants.newest(name)
            if point is None:
                continue
            word, tone = wording.quality(point, reading)
            age = formatting.age_of(reading.at) if reading is not None and tone == wording.HEALTHY else word
            shown = "" if tone == wording.HEALTHY else tone
            rows.append((point.title(i18n.current()), couplings_words.live(check, point, reading), age, shown))
        self.live.show_rows(rows)
        self._show_stage(check)

    def _show_stage(self, check: Check) -> None:
        mine = self._run.running and self._run.check is not None and self._run.check.id == check.id
        other = self._run.running and not mine
        self._said.setVisible(self._done and not mine)
        self.start.setText(self.tr("Do it again") if self._done else self.tr("Start the check"))
        self.start.setVisible(not mine)
        load_w = self._load_w(check)
        self.start.setEnabled(not other and load_w is not None)
        self.cancel.setVisible(mine)
        asks = mine and self._run.stage is Stage.SWITCH
        self.switched.setVisible(asks)
        needs_load = check.step is not None
        self.load.setVisible(needs_load)
        self.load.setEnabled(not mine)
        self._load_label.setVisible(needs_load)
        self._range.setVisible(needs_load and not mine)
        self._range.set_tone("fault" if load_w is None else "secondary")
        self.bar.setVisible(mine)
        still = self._run.stage in (Stage.GIVEN, Stage.SWITCH, Stage.SETTLING)
        self.bar.setRange(0, 0 if mine and still else 1000)
        if not still:
            self.bar.setValue(round(1000 * self._run.share))
        words = couplings_words.stage(self._run) if mine else self.tr("Another check is under way.") if other else ""
        self.stage.setText(words)
        self.stage.setVisible(bool(words))
        self.stage.set_tone("accent" if asks else "")

    def _show_result(self, result: Result | None) -> None:
        check = self._check
        if check is None:
            return
        self._done = result is not None
        if result is None:
            return
        _fill(self._then, [])
        finding = result.finding
        word, tone = couplings_words.verdict(finding.verdict)
        self.verdict.setText(wording.capital(word))
        self.verdict.set_tone(tone)
        self._mark.role = tone
        self._mark.setAccessibleName(word)
        self._mark.update()
        self.sentence.setText(couplings_words.sentence(check, finding))
        when = formatting.day_and_clock(result.at, self._assistants.zone)
        self.when.setText(self.tr("{0}, by {1}").format(when, name_words(result.who)) if result.who else when)
        shown = couplings_words.shown_figures(check, finding, self._assistants.point)
        self.figures.show_rows([(title, value, "", "") for title, value in shown])
        if finding.verdict != "pass":
            _fill(self._then, [f"→ {words.text(i18n.current())}" for words in check.remedies])

    def _load_w(self, check: Check) -> float | None:
        """The power of the load in W, 0 for a check without one; None where no fitting power stands there."""
        if (step := check.step) is None:
            return 0.0
        digits = "".join(sign for sign in self.load.text() if not sign.isspace())
        if not digits.isdecimal() or len(digits) > 6:
            return None
        return float(digits) if step.low_w <= float(digits) <= step.high_w else None

    def _start(self) -> None:
        check = self._check
        if check is not None and self.start.isEnabled() and (load_w := self._load_w(check)) is not None:
            self.start_asked.emit(check, load_w)

    def _keep_load(self) -> None:
        check = self._check
        if check is not None and check.step is not None and (load_w := self._load_w(check)) is not None:
            self._assistants.update(self._assistants.progress.with_load(check.id, load_w))
        self.refresh_live()

    def _build(self) -> None:
        self.start.setProperty("kind", "primary")
        self.switched.setProperty("kind", "primary")
        self.start.clicked.connect(self._start)
        self.switched.clicked.connect(self._run.switched)
        self.cancel.clicked.connect(self._run.stop)
        self.load.setMaxLength(8)
        self.load.setFixedWidth(88)
        self.load.textEdited.connect(self._keep_load)
        self.load.returnPressed.connect(self._start)
        self._load_label.setBuddy(self.load)
        self.bar.setTextVisible(False)
        self._how.setSpacing(4)
        self._then.setSpacing(4)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for widget in (self._load_label, self.load, self._range, self.start, self.switched, self.cancel):
            actions.addWidget(widget)
        actions.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self._mark, self.verdict):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.when)
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 8, 0, 0)
        said.setSpacing(8)
        said.addWidget(self._heads[2])
        said.addLayout(head)
        said.addWidget(self.sentence)
        said.addLayout(self._then)
        said.addLayout(self.figures)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._heads[0])
        column.addLayout(self._how)
        column.addSpacing(4)
        column.addLayout(actions)
        column.addWidget(self.bar)
        column.addWidget(self.stage)
        column.addWidget(self._said)
        column.addSpacing(8)
        column.addWidget(self._heads[1])
        column.addLayout(self.live)
        column.addStretch(1)
        self.body.addWidget(self.about)
        self.body.addWidget(scrolled(inside), 1)


def _fill(column: QVBoxLayout, texts: list[str]) -> None:
    """One paragraph a text, reusing those that are there."""
    for row in range(max(column.count(), len(texts))):
        item = column.itemAt(row)
        widget = item.widget() if item is not None else None
        if not isinstance(widget, Paragraph):
            widget = Paragraph("", "text")
            column.addWidget(widget)
        widget.setText(texts[row] if row < len(texts) else "")
        widget.setVisible(row < len(texts))
