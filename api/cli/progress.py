"""Progress bars on stderr."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class RichProgress:
    """Draws one bar a task on stderr; on a pipe it writes one line a finished task."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def start(self, task: str, total: int | None = None) -> None:
        """Show a bar for the task."""
        self._bars.start()
        self._tasks[task] = self._bars.add_task(task, total=total, note="")

    def advance(self, task: str, steps: int = 1) -> None:
        """Move the task's bar."""
        self._bars.advance(self._tasks[task], steps)

    def finish(self, task: str, note: str = "") -> None:
        """Fill the task's bar and say what came of it."""
        bar = self._tasks.pop(task)
        done = max(self._bars.tasks[bar].completed, 1)
        self._bars.update(
            bar, total=self._bars.tasks[bar].total or done, completed=self._bars.tasks[bar].total or done, note=note
        )
        if not self._console.is_terminal:
            self._console.print(f"{task}: {note}" if note else task, highlight=False)
        if not self._tasks:
            self._bars.refresh()

    def close(self) -> None:
        """Leave the bars as they are and give the terminal back."""
        self._bars.stop()
