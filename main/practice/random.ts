import type { PracticeRequest } from './world.ts';

/** A stream of numbers 0 ≤ x < 1 that is the same for the same seed (mulberry32, a 32-bit generator). */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** GUIDs (RFC 9562 version 4 layout) out of a random stream. */
export function idStream(random: () => number): () => string {
  return () => {
    const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}

/** A 32-bit number for a text (FNV-1a), to derive one seed from another. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/**
 * A stream of numbers 0 ≤ x < 1 for each name, so that requests which come at the same time get the same numbers in
 * whichever order they arrive.
 */
export function namedStreams(seed: number): (name: string) => number {
  const streams = new Map<string, () => number>();
  return (name) => {
    const stream = streams.get(name) ?? randomStream(seed ^ hashOf(name));
    streams.set(name, stream);
    return stream();
  };
}

/** Names the requests that share a stream: ids are left out, because clients make up some of them at random. */
export function kindOf({ method, path, body }: PracticeRequest): string {
  const scope: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'scope') : undefined;
  const place = path.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}');
  return [method, place, ...(typeof scope === 'string' ? [scope] : [])].join(' ');
}
