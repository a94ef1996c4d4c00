import type { LogicalType } from '../../schema/logical-type.ts';
import type { Types } from '../dialect.ts';
import { readValues } from './read-literal.ts';
import { nativeSql } from './native-sql.ts';

type Change = ReturnType<Types['change']>;
type Of<T extends LogicalType['type']> = Extract<LogicalType, { type: T }>;

/** What becomes of old values under a new type that is not the same. */
export function changeOfType(from: LogicalType, to: LogicalType): Change {
  return (
    changeOfNumbers(from, to) ??
    changeOfTexts(from, to) ??
    changeOfBytes(from, to) ??
    changeOfClocks(from, to) ??
    changeOfSets(from, to) ??
    changeOfRest(from, to)
  );
}

const widening = (rewrites: boolean): Change => ({ kind: 'widening', rewrites });
const narrowing: Change = { kind: 'narrowing', rewrites: true };
const lateral: Change = { kind: 'lateral', rewrites: true };

function changeOfRest(from: LogicalType, to: LogicalType): Change {
  return isSpatial(from) === isSpatial(to) ? lateral : { kind: 'impossible', rewrites: true };
}

const nativeText = (type: LogicalType): string => nativeSql(type).toLowerCase();
const isSpatial = (type: LogicalType): boolean => /^(?:geom|point|linestring|polygon|multi)/u.test(nativeText(type));

/** Whole numbers a type holds, as [least, greatest], and how they are stored. */
function wholeRange(
  type: LogicalType,
): { readonly low: bigint; readonly high: bigint; readonly bytes: number } | undefined {
  if (type.type !== 'integer' && type.type !== 'boolean') return undefined;
  const bits = BigInt(type.type === 'integer' ? type.bits : 8);
  const bytes = Number(bits) / 8;
  if (type.type === 'integer' && type.unsigned) return { low: 0n, high: 2n ** bits - 1n, bytes };
  return { low: -(2n ** (bits - 1n)), high: 2n ** (bits - 1n) - 1n, bytes };
}

function changeOfNumbers(from: LogicalType, to: LogicalType): Change | undefined {
  const old = wholeRange(from);
  const next = wholeRange(to);
  if (old && next) {
    const fits = next.low <= old.low && next.high >= old.high;
    return fits ? widening(old.bytes !== next.bytes || old.low !== next.low) : narrowing;
  }
  if (to.type !== 'decimal') return from.type === 'decimal' && next ? narrowing : undefined;
  if (old)
    return to.precision - to.scale >= String(old.high).length && !(to.unsigned && old.low < 0n)
      ? widening(true)
      : narrowing;
  if (from.type !== 'decimal') return undefined;
  const fits =
    to.scale >= from.scale &&
    to.precision - to.scale >= from.precision - from.scale &&
    !(to.unsigned && !from.unsigned);
  return fits ? widening(true) : narrowing;
}

const textBytes = { tiny: 255, normal: 65_535, medium: 16_777_215, long: 4_294_967_295 } as const;
const maxBytesPerCharacter = 4;

/** Most bytes of a character type, and most characters where they are what is limited. */
function textSize(type: LogicalType): { readonly bytes: number; readonly characters?: number } | undefined {
  if (type.type === 'string') return { bytes: type.length * maxBytesPerCharacter, characters: type.length };
  if (type.type === 'uuid') return textSize({ type: 'string', length: 36 });
  if (type.type === 'text') return { bytes: textBytes[type.size ?? 'normal'] };
  if (type.type === 'enum')
    return textSize({ type: 'string', length: Math.max(0, ...type.values.map((value) => [...value].length)) });
  const characters = /^char\((\d+)\)$/u.exec(nativeText(type))?.[1];
  return characters === undefined ? undefined : textSize({ type: 'string', length: Number(characters) });
}

function changeOfTexts(from: LogicalType, to: LogicalType): Change | undefined {
  if (to.type === 'enum') return from.type === 'enum' ? changeOfEnum(from, to) : textSize(from) && narrowing;
  const old = textSize(from);
  const next = textSize(to);
  if (!old || !next) return undefined;
  // `char` gives its values back without trailing spaces.
  if (nativeText(to).startsWith('char') && !nativeText(from).startsWith('char')) return narrowing;
  const fits =
    next.characters === undefined
      ? next.bytes >= old.bytes
      : old.characters !== undefined && next.characters >= old.characters;
  if (!fits) return narrowing;
  return widening(
    !(from.type === 'string' && to.type === 'string' && lengthBytes(old.bytes) === lengthBytes(next.bytes)),
  );
}

/** A varchar of up to 255 bytes notes its length in one byte, a longer one in two: crossing that copies the table. */
const lengthBytes = (bytes: number): number => (bytes <= 255 ? 1 : 2);

function changeOfEnum(from: Of<'enum'>, to: Of<'enum'>): Change {
  if (!from.values.every((value) => to.values.includes(value))) return narrowing;
  const isAppended = from.values.every((value, at) => to.values[at] === value);
  return widening(!isAppended || lengthBytes(from.values.length) !== lengthBytes(to.values.length));
}

function changeOfSets(from: LogicalType, to: LogicalType): Change | undefined {
  const members = [from, to].map((type) => /^set\((.*)\)$/su.exec(nativeSql(type))?.[1]);
  const [old, next] = members.map((inner) => (inner === undefined ? undefined : readValues(inner)));
  if (!old || !next) return undefined;
  if (!old.every((value) => next.includes(value))) return narrowing;
  const bytes = (count: number): number => (count > 32 ? 8 : Math.ceil(count / 8));
  return widening(!old.every((value, at) => next[at] === value) || bytes(old.length) !== bytes(next.length));
}

function byteSize(type: LogicalType): number | undefined {
  if (type.type === 'binary') return type.length ?? textBytes.normal;
  const blob = /^(tiny|medium|long)blob$/u.exec(nativeText(type))?.[1];
  return blob === undefined ? undefined : textBytes[blob as 'tiny' | 'medium' | 'long'];
}

function changeOfBytes(from: LogicalType, to: LogicalType): Change | undefined {
  const old = byteSize(from);
  const next = byteSize(to);
  if (old === undefined || next === undefined) return undefined;
  if (next < old) return narrowing;
  const bothVarbinary =
    from.type === 'binary' && to.type === 'binary' && from.length !== undefined && to.length !== undefined;
  return widening(!bothVarbinary || lengthBytes(old) !== lengthBytes(next));
}

function changeOfClocks(from: LogicalType, to: LogicalType): Change | undefined {
  const old = clockDigits(from);
  const next = clockDigits(to);
  if (!old || !next || old.name !== next.name) return undefined;
  return next.digits >= old.digits ? widening(true) : narrowing;
}

function clockDigits(type: LogicalType): { readonly name: string; readonly digits: number } | undefined {
  if (type.type === 'time' || type.type === 'datetime') return { name: type.type, digits: type.precision ?? 0 };
  const stamp = /^timestamp(?:\((\d)\))?$/u.exec(nativeText(type));
  return stamp ? { name: 'timestamp', digits: Number(stamp[1] ?? 0) } : undefined;
}
