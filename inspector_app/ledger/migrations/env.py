"""Runs the migrations on the connection the program hands over; there is no other way."""

from alembic import context

from inspector_app.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller holds the one transaction around everything
)
context.run_migrations()
