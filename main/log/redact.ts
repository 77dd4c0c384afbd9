import { isAnyArrayBuffer, isDate, isKeyObject, isMap, isNativeError, isRegExp, isSet } from 'node:util/types';
import { blanked, redactPersonalText, redactSecretText, secretName } from './redact-text.ts';

/** What is left of any value: plain JSON. */
export type Redacted = null | boolean | number | string | Redacted[] | { [name: string]: Redacted };

const deepest = 8;
const longestList = 100;

/** For the log: without secrets and without people. Total: takes any value, never throws, ends on cycles. */
export function redact(value: unknown): Redacted {
  return walk(value, (text) => redactPersonalText(redactSecretText(text)), []);
}

/** For records that have to say who did it: without secrets only. Total like `redact`. */
export function redactSecrets(value: unknown): Redacted {
  return walk(value, redactSecretText, []);
}

type Cleaner = (text: string) => string;

function walk(value: unknown, clean: Cleaner, ancestors: readonly object[]): Redacted {
  try {
    if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
    if (typeof value === 'string') return clean(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'object') return walkObject(value, clean, ancestors);
    return typeof value === 'bigint' ? clean(value.toString()) : `[${typeof value}]`;
  } catch {
    return '[unreadable]'; // a getter or a proxy that throws
  }
}

function walkObject(value: object, clean: Cleaner, ancestors: readonly object[]): Redacted {
  if (ancestors.includes(value)) return '[cycle]';
  if (ancestors.length >= deepest) return '[deeper]';
  const inner = (part: unknown): Redacted => walk(part, clean, [...ancestors, value]);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (isAnyArrayBuffer(value)) return `[${value.byteLength} bytes]`;
  if (isKeyObject(value)) return `[${value.type} key]`;
  if (isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return value.host; // paths and queries carry names, codes and tokens
  if (isRegExp(value)) return clean(String(value));
  if (Array.isArray(value))
    return limited(value).map((part, index) => (index < longestList ? inner(part) : `[${value.length - longestList} more]`));
  if (isSet(value)) return inner([...value]);
  if (isMap(value)) return named(value.entries(), inner, clean);
  if (isNativeError(value)) return named(errorParts(value), inner, clean);
  return named(ownParts(value), inner, clean);
}

function limited(list: readonly unknown[]): readonly unknown[] {
  return list.slice(0, longestList + 1);
}

/** Message, stack and cause are not enumerable, and own properties (`code`, `status`, `params`) say the most. */
function* errorParts(error: Error): Iterable<[unknown, unknown]> {
  yield ['name', read(error, 'name')];
  yield ['message', read(error, 'message')];
  yield ['stack', read(error, 'stack')];
  if ('cause' in error) yield ['cause', read(error, 'cause')];
  if (error instanceof AggregateError) yield ['errors', read(error, 'errors')];
  for (const [name, part] of ownParts(error)) if (name !== 'name') yield [name, part];
}

function* ownParts(value: object): Iterable<[unknown, unknown]> {
  for (const name of Object.keys(value)) yield [name, read(value, name)];
}

function read(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    return '[unreadable]';
  }
}

/** Ids and thumbprints by the names they have here and at Graph; some look like random secrets. */
const idName = /^(?:id|x5t(?:#S256)?)$|[a-z](?:Ids?|Identifier|[Tt]humbprint(?:Sha256)?)$|^thumbprint/;
const idShape = /^[\w+/-]{1,64}={0,2}$/;
const isId = (name: string, part: unknown): part is string =>
  typeof part === 'string' && idName.test(name) && idShape.test(part) && !part.startsWith('eyJ');

/** A secret's name blanks whatever it holds, except what cannot be one: nothing, yes and no. */
function named(parts: Iterable<[unknown, unknown]>, inner: (part: unknown) => Redacted, clean: Cleaner): Redacted {
  const result = new Map<string, Redacted>();
  for (const [key, part] of parts) {
    if (result.size >= longestList) break;
    const name = typeof key === 'string' ? key : JSON.stringify(inner(key));
    const telling = part === null || part === undefined || typeof part === 'boolean';
    result.set(clean(name), !telling && secretName.test(name) ? blanked : isId(name, part) ? part : inner(part));
  }
  return Object.fromEntries(result);
}
