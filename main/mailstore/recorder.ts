import type { ServerConnection } from './connection.ts';
import { calls, type Call } from './calls.ts';
import { Fault } from '../faults.ts';

/** What kind of value stands somewhere; never the value. */
export type Shape = string | readonly Shape[] | { readonly [name: string]: Shape };

const forms: readonly (readonly [string, RegExp])[] = [
  ['GUID', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['40 upper-case hex digits', /^[0-9A-F]{40}$/],
  ['40 hex digits', /^[0-9A-Fa-f]{40}$/],
  ['time with Z', /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/],
  ['time without a zone', /^\d{4}-\d{2}-\d{2}T[\d:.]+$/],
  ['https address', /^https:\/\//],
  ['number as text', /^-?\d+$/],
  ['empty', /^$/],
];

const formOf = (text: string): string => `text: ${forms.find(([, form]) => form.test(text))?.[0] ?? 'other'}`;

/** The names and kinds of a value. A name that looks like data (a domain, an address) is none of the interface, and is not told. */
const nameOf = (name: string): string => (/^[A-Za-z][A-Za-z0-9]{0,60}$/.test(name) ? name : 'another name');

/** The kinds of what is in a list, each once. */
function kindsIn(list: readonly unknown[]): Shape[] {
  const found = new Map(list.map((part) => [JSON.stringify(shapeOf(part)), shapeOf(part)] as const));
  return [...found.values()];
}

/** What a value is made of, without any of it. */
export function shapeOf(value: unknown): Shape {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return kindsIn(value);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, part]) => [nameOf(name), shapeOf(part)]));
  return typeof value === 'string' ? formOf(value) : typeof value;
}

/** One call and what came of it. */
export interface RecordedAnswer {
  readonly function: string;
  readonly arguments: readonly string[];
  readonly result?: Shape;
  /** Code of the fault; its text may hold names. */
  readonly fault?: string;
}

/** What a user of a real server can send us: what it offers, and how its answers are made, without any value. */
export interface Recording {
  readonly format: 1;
  readonly kind: string;
  readonly version: string;
  readonly metadata: readonly {
    readonly name: string;
    readonly args: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[];
  }[];
  readonly answers: readonly RecordedAnswer[];
}

const day = 86_400_000;

/** The calls whose answers are of use; a dry run is not among them, for it is made on request only. */
const worthRecording = (instance: string | null, now: Date): readonly Call[] => [
  calls.credentials(instance),
  calls.directoryServices(instance),
  calls.profiles(instance),
  calls.workerResults(instance, new Date(now.getTime() - 2 * day), new Date(now.getTime() + day)),
];

async function answerOf(connection: ServerConnection, call: Call): Promise<RecordedAnswer> {
  const asked = { function: call.name, arguments: Object.keys(call.args) };
  try {
    return { ...asked, result: shapeOf(await connection.raw(call)) };
  } catch (error) {
    if (error instanceof Fault && error.code !== 'interrupted') return { ...asked, fault: error.code };
    throw error;
  }
}

/**
 * Records what a server offers and how its answers are made.
 *
 * @param instance the one whose answers are recorded; null on a Server
 * @throws Fault interrupted
 */
export async function recordServer(connection: ServerConnection, instance: string | null, now: Date): Promise<Recording> {
  const { kind, version, listed } = connection;
  const ofServer = kind === 'server' ? [calls.serverInfo()] : [calls.environmentInfo(), calls.instances()];
  const ofArchive = kind === 'spe' && instance === null ? [] : worthRecording(instance, now);
  const answers: RecordedAnswer[] = [];
  for (const call of [...ofServer, ...ofArchive]) answers.push(await answerOf(connection, call));
  return { format: 1, kind, version, metadata: [...listed].map(([name, args]) => ({ name, args })), answers };
}
