import { DataTypes } from 'sequelize';

export async function up(queryInterface) {
  await queryInterface.createTable('inmates', {
    id: { type: DataTypes.INTEGER, primaryKey: true, allowNull: false },
    name: { type: DataTypes.STRING(100), allowNull: false },
  });
}

export async function down(queryInterface) {
  await queryInterface.dropTable('inmates');
}
