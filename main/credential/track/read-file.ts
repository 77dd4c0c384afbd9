import { resolve } from 'node:path';
import { Fault } from '../../faults.ts';
import { readAtMost, textOf, utf16Of } from '../../files/index.ts';
import type { Candidate, CandidateFile, FileOptions } from './candidate.ts';
import { readCsvFile } from './csv-file.ts';
import { readListFile } from './list-file.ts';

/** In bytes; a thousand credentials with their certificates need half of it. */
const largest = 4 * 1024 * 1024;

/** `auto`: a list is JSON, so it begins with a brace; a CSV file never does. */
export type FileKind = 'csv' | 'list' | 'auto';

async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = await readAtMost(path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault('track.file-unreadable', { params: { path, reason: error.code ?? error.message }, cause: error });
  });
  if (bytes === null) throw new Fault('track.file-too-large', { params: { path, limit: largest / 1024 / 1024 } });
  return bytes;
}

/** UTF-8, UTF-16 with its mark or without, or what Excel calls CSV without more: Windows-1252 in Western Europe. */
function decoded(bytes: Uint8Array): string {
  if (utf16Of(bytes) !== null) return textOf(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Reads a CSV file, or a list that `list --export` wrote. Nothing is validated yet but what cannot be read at all.
 *
 * @throws Fault track.file-unreadable, track.file-too-large, and those of `readCsvFile` and `readListFile`
 */
export async function readCandidates(file: string, kind: FileKind, options: FileOptions): Promise<CandidateFile> {
  const path = resolve(file);
  return candidatesIn(path, decoded(await bytesOf(path)), kind, options);
}

function candidatesIn(path: string, text: string, kind: FileKind, options: FileOptions): CandidateFile {
  const isList = kind === 'list' || (kind === 'auto' && text.trimStart().startsWith('{'));
  return isList ? readListFile(path, text, options) : readCsvFile(path, text, options);
}

/** A path that came with contents from somewhere else is not followed: they must not say which files are read here. */
const withoutPaths = (candidate: Candidate): Candidate =>
  candidate.typed instanceof Fault || typeof candidate.typed.certificate !== 'string'
    ? candidate
    : { ...candidate, typed: new Fault('track.path-in-dropped-file') };

/**
 * The same for a file whose contents somebody else has read, as the window does with one that was dropped there.
 *
 * @param name of the file, without its folder
 * @param bytes of the file; one more than 4 MiB is enough to find it too large
 * @throws Fault as `readCandidates`
 */
export function readCandidateContents(name: string, bytes: Uint8Array, options: FileOptions): CandidateFile {
  if (bytes.length > largest) throw new Fault('track.file-too-large', { params: { path: name, limit: largest / 1024 / 1024 } });
  const file = candidatesIn(name, decoded(bytes), 'auto', options);
  return { ...file, candidates: file.candidates.map(withoutPaths) };
}
