import type { LogicalType } from './logical-type.ts';

/** The least and the greatest value of an integer type. */
export function integerRange({ bits, unsigned }: Extract<LogicalType, { type: 'integer' }>): {
  readonly least: bigint;
  readonly most: bigint;
} {
  const size = 2n ** BigInt(bits);
  return unsigned ? { least: 0n, most: size - 1n } : { least: -size / 2n, most: size / 2n - 1n };
}
