import { inspect } from 'node:util';

/** A text that must not be seen: it prints as `***`, and `redact` removes it from any text. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    hide(value);
  }

  /** The text itself; only for a driver. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** The text without any secret that this process knows, in whatever form it is spelled, and without passwords in URLs. */
export function redact(text: string): string {
  let result = text;
  for (const form of hiddenForms) result = result.replaceAll(form, mask);
  return result.includes('://') ? result.replace(passwordInUrl, `$1${mask}@`) : result;
}

/** Plain data with every text in it redacted. */
export function redactData<T>(data: T): T {
  return redactAny(data) as T;
}

function redactAny(data: unknown): unknown {
  if (typeof data === 'string') return redact(data);
  if (Array.isArray(data)) return data.map(redactAny);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, redactAny(value)]));
}

/** Makes `redact` remove a text that others hold in the open, e.g. the password in a config. */
export function hide(value: string): void {
  const forms = [value, percentEncoded(value), JSON.stringify(value).slice(1, -1), inspect(value).slice(1, -1)];
  const lowerCaseHex = forms.map((form) => form.replace(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()));
  const all = new Set([...hiddenForms, ...forms, ...lowerCaseHex].filter((form) => form.length >= shortestHidden));
  hiddenForms = [...all].sort((a, b) => b.length - a.length);
}

const mask = '***';
const passwordInUrl = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@/]+@/giu;

/** A shorter password would take ordinary words apart; it is still hidden inside URLs. */
const shortestHidden = 4;

/** Longest first: one secret may contain another. */
let hiddenForms: readonly string[] = [];

/** A lone surrogate cannot be encoded. */
function percentEncoded(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
