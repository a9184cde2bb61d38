"""Numbers that ran out are fetched from the shared database while the verb waits."""

from inspector_app.cli.session import Session
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.number_stock import NumbersOut, get_more


def fetch_numbers(session: Session, out: NumbersOut) -> bool:
    """Fetch what is needed; False when the shared database cannot be reached: then one is told."""
    # Loads the database driver, which takes a quarter of a second: only who needs numbers pays.
    from inspector_app.services.exchange import chosen_dsn, connect

    desk = session.desk()
    try:
        line = connect(chosen_dsn(desk))
    except (OutsideError, UserError) as error:
        session.remark(error.message)
        return False
    try:
        get_more(desk, line, out.needs)
    except OutsideError as error:
        session.remark(error.message)
        return False
    finally:
        line.close()
    return True
