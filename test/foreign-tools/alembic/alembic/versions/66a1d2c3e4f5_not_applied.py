"""not applied yet

Revision ID: 66a1d2c3e4f5
Revises: ae1027a6acf1
Create Date: 2024-04-01 08:00:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '66a1d2c3e4f5'
down_revision = 'ae1027a6acf1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
