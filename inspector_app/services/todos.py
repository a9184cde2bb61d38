"""To-dos of a case."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services.desk import Desk


def add_todo(
    desk: Desk, case_id: str, title: str, due_on: date, origin: TodoOrigin = TodoOrigin.HAND
) -> Todo:
    """Enter something to do by a date."""
    if not title.strip():
        raise UserError("请填写待办内容。", field="title")
    todo = Todo(new_id(), case_id, title.strip(), due_on, origin)
    with desk.work("登记待办") as uow:
        uow.get(Case, case_id)
        uow.add(todo)
        uow.commit()
    return todo


def finish_todo(desk: Desk, todo_id: str, on: date) -> Todo:
    """Tick a to-do off."""
    with desk.work("完成待办") as uow:
        done = replace(uow.get(Todo, todo_id), done_on=on)
        uow.save(done)
        uow.commit()
    return done
