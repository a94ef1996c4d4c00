import type { OldColumn, OldTable } from './old-table.ts';

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface RowOptions {
  /** Some arrests differ by letter case alone, which only databases that compare exactly can hold. */
  readonly caseTwins: boolean;
  /** How many rows inmates has, 5,000 by default; the first 1,200 are of every kind. Other tables have 40. */
  readonly inmates?: number;
}

/** The rows of an old table, the same on every call. */
export function buildRows(table: OldTable, { caseTwins, inmates = 5_000 }: RowOptions): readonly Row[] {
  const make = makers[table.name];
  if (!make) throw new Error(`No rows are known for the table ${table.name}.`);
  const random = randomFrom(table.name);
  const limits = new Map(table.columns.map((column) => [column.name, characterLimit(column)]));
  const limit = (column: string): number => limits.get(column) ?? 0;
  return Array.from({ length: table.name === 'inmates' ? inmates : 40 }, (_, index) => {
    const row = make({ index, random, limit, caseTwins, inmates });
    return Object.fromEntries(
      table.columns.filter(({ type }) => type.kind !== 'id').map(({ name }) => [name, valueOf(row, name, table.name)]),
    );
  });
}

interface Making {
  readonly index: number;
  /** A whole number below `below`. */
  readonly random: (below: number) => number;
  /** How many characters the column takes. */
  readonly limit: (column: string) => number;
  readonly caseTwins: boolean;
  readonly inmates: number;
}

const texts = [
  "O'Brien",
  'Smith "Doc" Jones',
  'back\\slash \\n \\\\',
  'Núñez',
  'Ωμέγα',
  '李小龍',
  'أحمد',
  'e\u0301 combining',
  '😀 👩‍👩‍👧 emoji',
  '100%_sure',
  "'; drop table inmates; --",
  'tab\tand\nnewline\r\n',
  '${braces} {{x}} :name ?',
  'NULL',
  ' spaces around ',
  '',
];
const dates = ['2024-02-29', '1000-01-01', '9999-12-31', '1970-01-01', '2000-12-31', '1999-01-01', '2023-03-26'];
const times = [
  '1000-01-01 00:00:00',
  '9999-12-31 23:59:59',
  '2038-01-19 03:14:08',
  '1970-01-01 00:00:00',
  '2023-03-26 02:30:00',
];

const makers: Readonly<Record<string, (making: Making) => Row>> = {
  jails: ({ index, random, limit }) => ({
    jail_name: index === 0 ? fill('Jail ', limit('jail_name')) : `${pick(texts, index)} county jail ${index}`,
    state: ['TX', 'ca', 'Ññ', '😀!', ''][index % 5] ?? '',
    jail_id: jailId(index),
    scrape_system: pick(texts, random(99)),
    active: index % 3 === 0,
    created_date: pick(dates, index),
    updated_date: pick(dates, random(99)),
    last_scrape_date: index % 4 === 0 ? null : pick(dates, random(99)),
    last_successful_scrape: index % 4 === 1 ? null : time(random),
  }),
  inmates: (making) => (making.index % 100 === 99 ? twin(making) : inmate(making)),
  monitors: ({ index, random, limit }) => ({
    name: index === 0 ? fill('Monitor ', limit('name')) : `${pick(texts, index)} ${index}`,
    user_id: index % 3 === 0 ? null : ([1, 40, -1, 2_147_483_647][index % 4] ?? null),
    arrest_date: index % 4 === 0 ? null : pick(dates, index),
    release_date: index % 5 === 0 ? null : pick(texts, random(99)),
    arrest_reason: index === 1 ? fill('', limit('arrest_reason')) : pick(texts, random(99)),
    arresting_agency: index % 2 === 0 ? null : pick(texts, random(99)),
    jail: jailId(random(40)),
    mugshot: image(index, limit('mugshot')),
    enable_notifications: [0, 1, -1, 2_147_483_647, -2_147_483_648][index % 5] ?? 0,
    notify_method: [null, 'pushover', '', 'e-mail'][index % 4] ?? null,
    notify_address: index % 2 === 0 ? '' : `someone${index}@example.org`,
    last_seen_incarcerated: index % 3 === 0 ? null : time(random),
  }),
  users: ({ index, random, limit }) => ({
    username: index === 0 ? fill('user ', limit('username')) : `user ${index} é😀`,
    email: index === 0 ? fill('mail ', limit('email')) : `user${index}@example.org`,
    hashed_password: `$2b$12$${hex(random, 53)}`,
    password_format: index % 2 === 0 ? 'bcrypt' : 'argon2',
    role: ['admin', 'user', '', fill('r', limit('role'))][index % 4] ?? '',
    api_key: index % 2 === 0 ? null : `key-${index}-${hex(random, 32)}`,
    amember_user_id: index % 3 === 0 ? null : ([index, -index, 2_147_483_647 - index][index % 3] ?? null),
    is_active: index % 7 !== 0,
    created_at: time(random),
    updated_at: time(random),
  }),
  monitor_links: ({ index, random, limit }) => ({
    primary_monitor_id: index + 1,
    linked_monitor_id: ((index + 1) % 40) + 1,
    linked_by_user_id: random(40) + 1,
    link_reason: index % 2 === 0 ? null : index === 1 ? fill('', limit('link_reason')) : pick(texts, index),
    created_at: time(random),
  }),
  monitor_inmate_links: ({ index, random, inmates }) => ({
    monitor_id: index + 1,
    inmate_id: index === 0 ? inmates : random(inmates) + 1,
    linked_by_user_id: random(40) + 1,
    is_excluded: index % 2 === 0,
    link_reason: index % 2 === 0 ? null : pick(texts, index),
    created_at: time(random),
    updated_at: time(random),
  }),
  groups: ({ index, random, limit }) => ({
    name: index === 0 ? fill('group ', limit('name')) : `group ${index} ß`,
    display_name: pick(texts, index),
    description: index % 3 === 0 ? null : index === 1 ? fill('', limit('description')) : pick(texts, random(99)),
    is_active: index % 2 === 0,
    created_at: time(random),
    updated_at: time(random),
  }),
  user_groups: ({ index, random }) => ({
    user_id: index + 1,
    group_id: ((index * 7) % 40) + 1,
    assigned_by: index % 3 === 0 ? null : random(40) + 1,
    created_at: time(random),
    updated_at: time(random),
  }),
  sessions: ({ index, random, limit }) => ({
    user_id: random(40) + 1,
    session_token: index === 0 ? 't'.repeat(255) : `${index}-${hex(random, 64)}`,
    login_time: time(random),
    logout_time: index % 2 === 0 ? null : time(random),
    ip_address: [null, '127.0.0.1', 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', ''][index % 4] ?? null,
    user_agent: index === 1 ? fill('', limit('user_agent')) : pick(texts, random(99)),
    is_active: index % 2 === 0,
    created_at: time(random),
    updated_at: time(random),
  }),
  legacy_notes: ({ index, random, limit }) => ({
    'Written by': pick(texts, index),
    note: index % 4 === 0 ? null : index === 1 ? fill('', limit('note')) : pick(texts, random(99)),
    written_at: time(random),
  }),
};

function inmate({ index, random, limit }: Making): Row {
  return {
    name: index % 1_000 === 1 ? fill(`${index} `, limit('name')) : `${pick(texts, random(99))} ${index}`,
    race: index === 1 ? fill('', limit('race')) : (['W', 'B', 'Unknown', '', 'ñ'][random(5)] ?? ''),
    sex: index === 1 ? fill('', limit('sex')) : (['M', 'F', 'Unknown', ''][random(4)] ?? ''),
    cell_block: index % 3 === 0 ? null : pick(texts, random(99)),
    arrest_date: index % 7 === 0 ? null : pick(dates, random(99)),
    held_for_agency: index % 5 === 0 ? null : pick(texts, random(99)),
    mugshot: image(index, limit('mugshot')),
    dob: ['Unknown', '1980-02-29', '', '2/29/80'][random(4)] ?? '',
    hold_reasons: index % 1_000 === 2 ? fill('', limit('hold_reasons')) : pick(texts, random(99)),
    is_juvenile: index % 11 === 0,
    release_date: ['', 'Unknown', '2024-02-29'][random(3)] ?? '',
    in_custody_date: pick(dates, random(99)),
    last_seen: index % 4 === 0 ? null : time(random),
    jail_id: jailId(random(40)),
    hide_record: index % 13 === 0,
  };
}

/** The same arrest again and again, without a date (which never collides); or in other letters, where that is allowed. */
function twin(making: Making): Row {
  const name =
    making.caseTwins && making.index % 200 === 99 ? ['Twin, Zoë', 'TWIN, ZOË', 'Twin, Zoe', 'twin, zoë'] : ['Twin'];
  const same = { race: 'W', sex: 'F', dob: '1980-01-01' };
  if (name.length === 1) return { ...inmate(making), ...same, name: 'Twin', arrest_date: null, jail_id: jailId(0) };
  const turn = Math.floor(making.index / 200);
  return {
    ...inmate(making),
    ...same,
    name: name[turn % 4] ?? '',
    arrest_date: '2024-02-29',
    jail_id: jailId(Math.floor(turn / 4)),
  };
}

const jailId = (index: number): string => (index === 0 ? 'é😀'.repeat(127) + '!' : `jail-${index}`);

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** A text of exactly `length` characters that begins with `start`. */
function fill(start: string, length: number): string {
  const pattern = [...`aé\\'"😀 \n`];
  const head = [...start].slice(0, length);
  return head.join('') + Array.from({ length: length - head.length }, (_, at) => pattern[at % pattern.length]).join('');
}

function image(index: number, limit: number): string | null {
  if (index % 4 === 0) return null;
  const encoded = `data:image/png;base64,${Buffer.from(`mugshot ${index}`).toString('base64')}`;
  return index % 1_000 === 3 ? encoded.padEnd(limit, 'A') : encoded;
}

function time(random: (below: number) => number): string {
  const special = random(20);
  if (special < times.length) return times[special] ?? '';
  return new Date(Date.UTC(2020, 0, 1) + random(150_000_000) * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

const hex = (random: (below: number) => number, length: number): string =>
  Array.from({ length }, () => random(16).toString(16)).join('');

/** 16,000 characters stay below the 65,535 bytes of MySQL's `text`, whatever they are. */
function characterLimit({ type }: OldColumn): number {
  if (type.kind === 'string') return type.length;
  return type.kind === 'mediumtext' ? 100_000 : 16_000;
}

function valueOf(row: Row, column: string, table: string): Value {
  const value = row[column];
  if (value === undefined) throw new Error(`No value is known for ${table}.${column}.`);
  return value;
}

/** Park and Miller's generator, seeded by a word. */
function randomFrom(seed: string): (below: number) => number {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
