"""A window with one plot in it: what any program of PySide6 and pyqtgraph takes; ``bench_package.py`` packs it."""

import os
import sys

import pyqtgraph
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Eye(QObject):
    """Says when the window was painted, and closes it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)  # Qt paints while it handles this event
        return False

    def tell(self) -> None:
        spent = os.times()
        print("painted", spent.user + spent.system, flush=True)
        window.close()


app = QApplication(sys.argv[:1])
app.setStyle("Fusion")
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
plot.plot([1.0, 3.0, 2.0])
window.setCentralWidget(plot)
window.resize(1440, 900)
eye = Eye()
window.winId()  # makes the system's window, which is exposed once it is shown
window.windowHandle().installEventFilter(eye)
window.show()
sys.exit(app.exec())
