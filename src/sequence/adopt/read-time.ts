/**
 * A moment as a database or tool wrote it, as UTC `YYYY-MM-DD HH:MM:SS.ffffff`: with or without zone, with any fraction, or
 * as seconds or milliseconds since 1970. Without a zone it is taken as UTC; `undefined` for what is no moment.
 */
export function readTime(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  if (/^\d{9,17}(?:\.\d+)?$/u.test(text)) return sinceEpoch(Number(text));
  const match = spelled.exec(text.trim());
  if (!match) return undefined;
  const [, date, time, fraction = '', zone = ''] = match;
  const whole = Date.parse(`${date}T${time}${zoneOf(zone)}`);
  if (Number.isNaN(whole)) return undefined;
  return withFraction(new Date(whole), fraction);
}

const spelled = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/iu;

// Seconds have ten digits until the year 2286, milliseconds thirteen, microseconds sixteen.
function sinceEpoch(value: number): string {
  const ms = value >= 1e14 ? value / 1000 : value >= 1e11 ? value : value * 1000;
  const date = new Date(ms);
  return withFraction(date, String(date.getUTCMilliseconds()).padStart(3, '0'));
}

function withFraction(date: Date, fraction: string): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}.${fraction.slice(0, 6).padEnd(6, '0')}`;
}

function zoneOf(zone: string): string {
  if (zone === '' || /^(?:Z|UTC)$/iu.test(zone)) return 'Z';
  return zone.length === 3 ? `${zone}:00` : zone.replace(/^(.\d\d)(\d\d)$/u, '$1:$2');
}
