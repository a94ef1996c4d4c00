import { writeFileSync } from 'node:fs';
import { errorsDocument } from './docs/errors-document.ts';
import { policyDocument } from './docs/policy-document.ts';

writeFileSync('docs/errors.md', errorsDocument());
writeFileSync('docs/policy.md', await policyDocument());
