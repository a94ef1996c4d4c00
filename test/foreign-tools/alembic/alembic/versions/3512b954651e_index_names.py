"""index names

Revision ID: 3512b954651e
Revises: 1975ea83b712
Create Date: 2024-02-13 10:00:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '3512b954651e'
down_revision = "1975ea83b712"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
