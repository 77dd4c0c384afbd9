import { posix } from 'node:path';
import type { Import } from './imports.ts';

/**
 * Who may know whom (the architecture in one table). A room is a folder of `main`, or a process. What a room may import
 * is listed; everything else is refused, so a new room has to find its place here first.
 */
const ground = ['clock', 'clouds', 'faults', 'texts'] as const;
export const rooms: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  faults: [],
  clouds: [],
  texts: ['faults'],
  log: [],
  files: ['faults'],
  certificates: [...ground, 'files'],
  http: [...ground, 'log'],
  identity: [...ground, 'http', 'log'],
  directory: [...ground, 'http', 'log'],
  vault: [...ground, 'log'],
  audit: [...ground, 'log', 'vault'],
  profiles: [...ground, 'files', 'vault'],
  registration: [...ground, 'audit', 'certificates', 'directory', 'identity', 'log', 'profiles', 'vault'],
  credentials: [...ground, 'audit', 'certificates', 'directory', 'files', 'identity', 'log', 'profiles', 'registration', 'vault'],
  practice: [...ground, 'http', 'log'],
  services: [...ground, 'audit', 'credentials', 'directory', 'http', 'identity', 'log', 'practice', 'profiles', 'registration', 'vault'],
  cli: [...ground, 'certificates', 'credentials', 'files', 'http', 'log', 'practice', 'profiles', 'registration', 'services', 'vault'],
  shell: [...ground, 'audit', 'certificates', 'credentials', 'files', 'http', 'log', 'profiles', 'registration', 'services', 'vault', 'preload'],
  index: ['cli', 'shell'],
};

/** The room of a file: its folder below `main`, a file directly in `main` by its own name, or the process. */
export function roomOf(path: string): string {
  const [process = '', second = ''] = path.split('/');
  return process === 'main' ? second.replace(/\.ts$/, '') : process;
}

const forbiddenNames = /(^|[/-])(utils?|helpers?|manager)s?\.tsx?$/i;

/** What is wrong with one import, in one sentence; null when it is allowed. */
export function importFault(path: string, { specifier, typesOnly }: Import): string | null {
  const room = roomOf(path);
  if (specifier === 'electron') {
    const allowed = room === 'shell' || path === 'preload/index.ts' || room === 'test';
    return allowed ? null : 'only main/shell and the preload script import electron';
  }
  if (!specifier.startsWith('.')) {
    if (room === 'preload' && path !== 'preload/contract.ts') return typesOnly ? null : 'the preload script requires electron alone';
    return room === 'renderer' && specifier.startsWith('node:') ? 'the renderer has no Node' : null;
  }
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  if (room === 'test') return null;
  const into = roomOf(target);
  if (into === 'test' || target.startsWith('test/')) return 'nothing that is shipped imports tests';
  if (target.startsWith('assets/') || target === 'package.json') return null;
  if (into === room) return null;
  if (room === 'renderer') return target === 'preload/contract.ts' && typesOnly ? null : 'the renderer imports nothing but types of preload/contract.ts';
  if (room === 'preload') return typesOnly ? null : 'the preload script imports types only';
  const allowed = rooms[room];
  if (allowed === undefined) return `the room ${room} is not in the table of rooms`;
  return allowed.includes(into) ? null : `${room} does not know ${into}`;
}

/** Names that say nothing about what a file holds. */
export function nameFault(path: string): string | null {
  return forbiddenNames.test(path) ? 'name the file after what it holds' : null;
}
