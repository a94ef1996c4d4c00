import { DataTypes } from 'sequelize';

export async function up(queryInterface) {
  await queryInterface.addColumn('inmates', 'release_date', { type: DataTypes.DATEONLY });
}

export async function down(queryInterface) {
  await queryInterface.removeColumn('inmates', 'release_date');
}
