import { gzipSync } from 'node:zlib';
import type { PracticeAnswer } from './world.ts';

/** Where compressing pays, in bytes. */
const worthIt = 1024;

/** A body as it goes over the wire. */
export interface Encoded {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** RFC 9110 §12.5.3: gzip named, and not with the weight 0. */
export const takesGzip = (acceptEncoding: string | undefined): boolean =>
  (acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .some((part) => /^gzip(?:\s*;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/.test(part));

/** Microsoft Graph compresses what is worth it for callers that take it ("Best practices for working with Microsoft Graph", `Accept-Encoding: gzip`). */
export function encoded(text: string, acceptEncoding: string | undefined): Encoded {
  if (Buffer.byteLength(text) < worthIt || !takesGzip(acceptEncoding)) return { body: text, headers: {} };
  return { body: gzipSync(text, { level: 1 }), headers: { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } };
}

/** What an answer sends: text, or the bytes of a file; undefined = no body. */
export const textOf = ({ body }: PracticeAnswer): string | Buffer | undefined =>
  body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
