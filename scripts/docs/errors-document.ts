import { errorDefinitions, type ErrorCode } from '../../src/errors.ts';

/** docs/errors.md: every code with why, what to do, and the exit code. */
export function errorsDocument(): string {
  const codes = (Object.keys(errorDefinitions) as ErrorCode[]).toSorted();
  return [
    '# Errors',
    '',
    'Written by `npm run docs` from `src/errors.ts`. Codes are permanent. Words in ‹› are filled in when it happens.',
    'Each error also says in what state the database is, for example "3 of 7 changes applied; nothing half-done".',
    '',
    ...codes.flatMap(section),
  ].join('\n');
}

function section(code: ErrorCode): string[] {
  const { why, fix, exit } = errorDefinitions[code] as { why(c: object): string; fix(c: object): string; exit: number };
  return [`## ${code}`, '', `Why: ${why(blanks)}`, '', `What to do: ${fix(blanks)}`, '', `Exit code: ${exit}`, ''];
}

/** Any field of an error's context as its name; a list of one, so that a definition may join or map it as well. */
const blanks = new Proxy({}, { get: (_, field) => new Blank(`‹${String(field)}›`) });

class Blank extends Array<string> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(text: string) {
    super();
    this.push(text);
  }
}
