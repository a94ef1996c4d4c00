import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run test:properties`: drawn schemas and edits, apart from `npm test` until every seed is green. */
const config = mergeConfig(base, defineConfig({}));
export default { ...config, test: { ...config.test, include: ['test/**/*.property.ts'], reporters: ['default'] } };
