import { DataTypes } from 'sequelize';

export async function up(queryInterface) {
  await queryInterface.createTable('cells', {
    id: { type: DataTypes.INTEGER, primaryKey: true, allowNull: false },
    wing: { type: DataTypes.STRING(20), allowNull: false },
  });
}

export async function down(queryInterface) {
  await queryInterface.dropTable('cells');
}
