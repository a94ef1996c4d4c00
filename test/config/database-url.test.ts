import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseDatabaseUrl } from '../../src/config/database-url.ts';
import { hide, redact, Secret } from '../../src/config/secret.ts';

const parse = (url: string): Record<string, unknown> => {
  const { password, ...rest } = parseDatabaseUrl(url);
  return { ...rest, ...(password && { password: password.reveal() }) };
};

describe('a URL says', () => {
  test.each([
    [
      'mysql://root:secret@db.example:3307/app',
      {
        dialect: 'mysql',
        host: 'db.example',
        port: 3307,
        user: 'root',
        password: 'secret',
        database: 'app',
        parameters: {},
      },
    ],
    ['mariadb://u@h/d', { dialect: 'mariadb', host: 'h', user: 'u', database: 'd', parameters: {} }],
    ['postgres://h/d', { dialect: 'postgresql', host: 'h', database: 'd', parameters: {} }],
    ['postgresql://u:p@h', { dialect: 'postgresql', host: 'h', user: 'u', password: 'p', parameters: {} }],
    ['POSTGRES://h/', { dialect: 'postgresql', host: 'h', parameters: {} }],
    [
      'postgresql://u:@h/d?sslmode=require&schema=app',
      {
        dialect: 'postgresql',
        host: 'h',
        user: 'u',
        password: '',
        database: 'd',
        parameters: { sslmode: 'require', schema: 'app' },
      },
    ],
    [
      'postgresql:///d?host=/var/run/postgresql',
      {
        dialect: 'postgresql',
        host: '/var/run/postgresql',
        database: 'd',
        parameters: { host: '/var/run/postgresql' },
      },
    ],
    [
      'postgresql://%2Fvar%2Frun%2Fpostgresql/d',
      { dialect: 'postgresql', host: '/var/run/postgresql', database: 'd', parameters: {} },
    ],
    [
      'postgresql://u:p@[::1]:5433/d',
      { dialect: 'postgresql', host: '::1', port: 5433, user: 'u', password: 'p', database: 'd', parameters: {} },
    ],
    ['mysql://h/d%C3%A4ta%2Fbase', { dialect: 'mysql', host: 'h', database: 'däta/base', parameters: {} }],
    ['sqlite:data/app.db', { dialect: 'sqlite', database: 'data/app.db', parameters: {} }],
    ['sqlite:/data/app.db', { dialect: 'sqlite', database: '/data/app.db', parameters: {} }],
    ['sqlite:///data/app.db', { dialect: 'sqlite', database: '/data/app.db', parameters: {} }],
    ['sqlite://app.db', { dialect: 'sqlite', database: 'app.db', parameters: {} }],
    ['sqlite::memory:', { dialect: 'sqlite', database: ':memory:', parameters: {} }],
    ['file:./dev%20one.db?mode=rwc', { dialect: 'sqlite', database: './dev one.db', parameters: { mode: 'rwc' } }],
  ])('%s', (url, said) => {
    expect(parse(url)).toEqual(said);
  });

  test.each([
    'a@b',
    'a:b',
    'a/b',
    'a#b',
    'a?b',
    'p%40ss',
    '%',
    '\'"`\\',
    'päß wörd',
    '\n\t',
    '${HOME}',
    '$(id)',
    '&=+',
    '日本',
    '🔑',
    '@@@',
    '://',
    'x'.repeat(500),
  ])('any password, percent-encoded: %j', (password) => {
    expect(parse(`mysql://us%2Fer:${encodeURIComponent(password)}@h:1/d`)).toEqual({
      dialect: 'mysql',
      host: 'h',
      port: 1,
      user: 'us/er',
      password,
      database: 'd',
      parameters: {},
    });
  });
});

describe('what is no URL is refused without showing it', () => {
  test.each([
    '',
    'app.db',
    'oracle://h/d',
    'mysql:h/d',
    'mysql://u:hunter2/x@h/d',
    'mysql://u:hunter2#@h/d',
    'mysql://u:hunter2?x@h/d',
    'mysql://u:hunter2%@h/d',
    'mysql://u:p@h:hunter2/d',
    'mysql://u:p@h:99999/d',
    'sqlite:',
    'mysql://u:p@h/d@hunter2',
  ])('%s', (url) => {
    expect(() => parseDatabaseUrl(url)).toThrow(
      expect.objectContaining({
        code: 'URL_INVALID',
        exitCode: 64,
        message: expect.not.stringContaining('hunter2') as string,
      }),
    );
  });
});

describe('a secret', () => {
  const hostile = 'h@x/#?%"\'\\ \nü';
  const secret = new Secret(hostile);

  test('prints as stars, however it is printed', () => {
    expect(
      [
        String(secret),
        ''.concat(String(secret)),
        JSON.stringify({ secret }),
        inspect(secret),
        inspect({ a: [secret] }),
        inspect(secret, { showHidden: true, depth: 9 }),
        Object.keys(secret).join(),
      ].join(' '),
    ).not.toContain('h@x');
    expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
    expect(secret.reveal()).toBe(hostile);
  });

  test.each([
    hostile,
    encodeURIComponent(hostile),
    encodeURIComponent(hostile).toLowerCase(),
    JSON.stringify({ message: hostile }),
    inspect({ message: hostile }),
  ])('is taken out of a text: %j', (text) => {
    expect(redact(`before ${text} after`)).toMatch(/^before .*\*\*\*.* after$/su);
    expect(redact(`before ${text} after`)).not.toMatch(/h@x|h%40x/u);
  });

  test('is taken out of what a URL prints', () => {
    const parsed = parseDatabaseUrl('postgresql://owner:zebra-7@db/app');
    expect(inspect(parsed)).not.toContain('zebra-7');
    expect(redact('password authentication failed: zebra-7')).toBe('password authentication failed: ***');
    expect(redact('cannot open mysql://root:never-seen@h/d')).toBe('cannot open mysql://root:***@h/d');
  });

  test('a short one leaves words alone, but not URLs', () => {
    hide('at');
    expect(redact('the cat at mysql://u:at@h')).toBe('the cat at mysql://u:***@h');
  });

  test('one that contains another goes first', () => {
    hide('winter');
    hide('winter2024');
    expect(redact('winter2024 winter')).toBe('*** ***');
  });
});
