import { defineMigration } from 'mikrate';

export default defineMigration({
  description: 'users have a key for the API and an account with the payment system',
  when: { exists: 'users' },
  operations: [
    {
      kind: 'addColumn',
      table: 'users',
      column: { name: 'api_key', type: { type: 'string', length: 255 }, nullable: true },
    },
    {
      kind: 'addIndex',
      table: 'users',
      index: { name: 'users_api_key_unique', parts: [{ column: 'api_key' }], unique: true, constraint: true },
    },
    {
      kind: 'addColumn',
      table: 'users',
      column: { name: 'amember_user_id', type: { type: 'integer', bits: 32 }, nullable: true },
    },
    {
      kind: 'addIndex',
      table: 'users',
      index: {
        name: 'users_amember_user_id_unique',
        parts: [{ column: 'amember_user_id' }],
        unique: true,
        constraint: true,
      },
    },
  ],
});
