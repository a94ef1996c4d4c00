"""create cells

Revision ID: 55f0c1b2d3e4
Revises: 
Create Date: 2024-03-01 08:00:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '55f0c1b2d3e4'
down_revision = None
branch_labels = None
depends_on = '27c6a30d7c24'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
