"""merge branches

Revision ID: ae1027a6acf1
Revises: 27c6a30d7c24, 3512b954651e
Create Date: 2024-02-14 10:00:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'ae1027a6acf1'
down_revision: Union[str, Sequence[str], None] = (
    '27c6a30d7c24',
    '3512b954651e',
)
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
