"""Which request comes next: the order that is kept is the one that a look at all of them would give."""

import random

import pytest

from core.plan import plan
from core.profile import BlockRules
from drivers.modbus.agenda import Agenda
from drivers.modbus.rows import FAST_S, SLOW_S, Row, question_of
from tests.drivers.modbus.bench import GROUPS, point


def most_urgent(agenda, now):
    due = [row for row in agenda._candidates() if row.due is not None and row.due <= now]
    return min(due, key=lambda row: row.rank, default=None)


RULES = BlockRules(4)


def agenda_of_twelve():
    blocks = plan([point(at) for at in range(48)], RULES)
    paces = [("live", 1.0, FAST_S), ("slow", 3.0, SLOW_S), ("settings", None, SLOW_S)]
    rows = [Row(block, *paces[number % 3], due=0.1 * number, first=number < 2) for number, block in enumerate(blocks)]
    return Agenda(rows, GROUPS, RULES, lambda points: {"p0"})


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_the_most_urgent_comes_next(seed):
    dice = random.Random(seed)
    agenda, now = agenda_of_twelve(), 0.0
    served = 0
    for _ in range(600):
        now += dice.choice((0.0, 0.0, 0.01, 0.3))
        rank, question = agenda.next(now) or (0.0, None)
        row = question.rows[0] if question else None
        assert row is None or rank == row.rank
        assert row is most_urgent(agenda, now)
        assert agenda.due_at() == min(row.due for row in agenda._candidates() if row.due is not None)
        served += row is not None
        happens = dice.random()
        if row is not None and happens < 0.8:
            question = question if happens < 0.78 else question_of(dice.choice(agenda.rows))
            row = question.rows[0]
            late, asked = row.first and not row.known, row.asked
            agenda.answered(question, now)
            if late:
                agenda.again(row, asked, now)
            agenda.mend(row, now)
        elif row is not None and row.dead:
            agenda.still_dead(row, now)
        elif row is not None and happens < 0.9:
            dice.choice((agenda.missed, agenda.put_off, agenda.at_once, agenda.refuse, agenda.vouch))(row, now)
        elif happens < 0.95:
            dice.choice((agenda.renew, agenda.forgive))(now)
        else:
            agenda.ask(dice.choice((None, "live", "settings")), now)
    assert served > 100
