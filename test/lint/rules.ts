import { posix } from 'node:path';
import type { Import } from './imports.ts';

/**
 * Who may know whom (the architecture in one table). A room is a folder of `main`, or a process. What a room may import
 * is listed; everything else is refused, so a new room has to find its place here first.
 */
export const ground = ['clock', 'clouds', 'faults', 'texts', 'visible-text'] as const;
export const rooms: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  faults: [],
  clouds: [],
  'visible-text': [],
  texts: ['faults', 'visible-text'],
  html: ['visible-text'],
  log: ['visible-text'],
  files: ['faults', 'windows'],
  certificates: [...ground, 'files'],
  http: [...ground, 'log'],
  identity: [...ground, 'http', 'log'],
  directory: [...ground, 'http', 'log'],
  exchange: [...ground, 'http', 'log'],
  vault: [...ground, 'log'],
  audit: [...ground, 'log', 'vault'],
  servers: [...ground, 'files'],
  windows: ['faults'],
  policies: [...ground, 'servers', 'windows'],
  credential: [...ground, 'audit', 'certificates', 'files', 'log', 'policies', 'servers', 'vault'],
  registration: [
    ...ground,
    'audit',
    'certificates',
    'credential',
    'directory',
    'exchange',
    'files',
    'identity',
    'log',
    'mailstore',
    'policies',
    'servers',
    'vault',
  ],
  mailstore: [...ground, 'audit', 'http', 'log', 'policies', 'vault'],
  downloads: ['certificates', 'faults'],
  watch: [...ground, 'credential', 'files', 'log', 'mailstore', 'servers', 'vault', 'windows'],
  practice: [...ground, 'certificates', 'html', 'http', 'log', 'servers'],
  printed: [...ground, 'audit', 'certificates', 'credential', 'html', 'registration', 'servers'],
  services: [
    ...ground,
    'audit',
    'certificates',
    'credential',
    'directory',
    'exchange',
    'http',
    'identity',
    'log',
    'mailstore',
    'practice',
    'policies',
    'servers',
    'registration',
    'vault',
  ],
  cli: [
    ...ground,
    'certificates',
    'credential',
    'files',
    'http',
    'log',
    'mailstore',
    'practice',
    'printed',
    'policies',
    'servers',
    'registration',
    'services',
    'vault',
    'watch',
    'windows',
  ],
  shell: [
    ...ground,
    'audit',
    'certificates',
    'credential',
    'downloads',
    'files',
    'http',
    'log',
    'mailstore',
    'policies',
    'printed',
    'servers',
    'registration',
    'services',
    'vault',
    'watch',
    'windows',
    'preload',
  ],
  index: ['cli', 'shell'],
};

/**
 * The floors inside a room, the ground first: a file imports from its own floor and those below. Files directly in the room lie on
 * the ground, but for its index, which stands above all.
 */
export const floors: Readonly<Record<string, readonly string[]>> = {
  registration: ['', 'exchange-scripts', 'observe', 'plan', 'apply', 'verify', 'certificates', 'run', 'verbs'],
};

/** The floors of the window, the ground first, as those inside a room; what stands directly in `renderer` starts all of it. */
export const windowFloors: readonly string[] = ['bridge', 'parts', 'run', 'features', 'app'];

/** The features of the window: each knows those before it, and of those what their index tells. So there is no circle. */
export const features: readonly string[] = [
  'activity',
  'add-existing',
  'changes',
  'daily-watch',
  'diagnostics',
  'empty',
  'ews',
  'handover',
  'keys',
  'pfx',
  'server-certificate',
  'state',
  'store',
  'updates',
  'export',
  'proof',
  'asked-servers',
  'settings',
  'remove',
  'setup',
  'verification',
  'dialog',
  'rotation',
  'migration',
  'details',
  'manager',
  'help',
];

/** What is wrong with an import inside the window. */
function windowFault(path: string, target: string): string | null {
  const [, floor = '', feature = '', own] = path.split('/');
  const [, into = '', other = '', file = ''] = target.split('/');
  // What starts the window, and the types of what the bundler gives to it.
  if (feature === '') return null;
  if (into !== '' && other === '') return null;
  const [from, to] = [windowFloors.indexOf(floor), windowFloors.indexOf(into)];
  if (from < 0 || to < 0) return 'a folder of the window that is not among its floors';
  if (to > from) return `${into} lies above ${floor} in the window`;
  if (into === 'run' && floor !== 'run' && other !== 'index.ts') return 'run is entered by its index';
  if (into !== 'features' || (floor === 'features' && other === feature)) return null;
  if (file !== 'index.ts') return `${other} is entered by its index`;
  if (floor !== 'features' || own === undefined) return null;
  const [height, below] = [features.indexOf(feature), features.indexOf(other)];
  if (height < 0 || below < 0) return 'a feature that is not in the list of features';
  return below > height ? `${feature} stands before ${other} in the list of features` : null;
}

/** How high a file stands in its room; -1 where its folder is not among the floors. */
function floorOf(path: string, order: readonly string[]): number {
  const [, , folder = '', below] = path.split('/');
  if (below === undefined) return folder === 'index.ts' ? order.length : 0;
  return order.indexOf(folder);
}

/** What is wrong with an import inside a room with floors. */
function floorFault(path: string, target: string, room: string): string | null {
  const order = floors[room];
  if (order === undefined) return null;
  const [from, to] = [floorOf(path, order), floorOf(target, order)];
  if (from < 0 || to < 0) return `a folder of ${room} that is not among its floors`;
  return to > from ? `${order[to] ?? 'the index'} lies above ${order[from] || 'the ground'} in ${room}` : null;
}

/** The room of a file: its folder below `main`, a file directly in `main` by its own name, or the process. */
export function roomOf(path: string): string {
  const [process = '', second = ''] = path.split('/');
  return process === 'main' ? second.replace(/\.ts$/, '') : process;
}

/** What the window is made of. The bundle grows with every line here, and no rule about fields or secrets belongs in it. */
const rendererPackages =
  /^(react|react-dom|@fluentui\/[a-z-]+|@tanstack\/react-virtual|intl-messageformat|@formatjs\/icu-messageformat-parser)(\/|$)/;

/** The workshop: what builds and tests, and is never shipped. */
const workshop =
  /^(vite|vitest|fast-check|playwright-core|oxc-parser|oxlint|@vitejs\/[a-z-]+|@axe-core\/playwright|@xmldom\/xmldom|ical\.js|@cyclonedx\/[a-z-]+|packageurl-js|spdx-[a-z-]+|ajv[a-z0-9-]*|@actions\/[a-z-]+)(\/|$)/;

/** What is wrong with an import of a package or of one of Node's modules. */
function packageFault(path: string, room: string, name: string, typesOnly: boolean): string | null {
  if (/^electron(\/|$)/.test(name))
    return room === 'shell' || path === 'preload/index.ts' ? null : 'only main/shell and the preload script import electron';
  if (name === 'keytar' && path !== 'main/vault/os-keychain.ts') return 'only main/vault/os-keychain.ts calls the keychain';
  if (workshop.test(name)) return path.endsWith('/vite.config.ts') ? null : 'nothing that is shipped imports the tools of build and test';
  if (room === 'preload' && !path.startsWith('preload/contract') && !typesOnly) return 'the preload script requires electron alone';
  return room === 'renderer' && !rendererPackages.test(name) ? 'not among the packages of the renderer' : null;
}

/** What is wrong with one import, in one sentence; null when it is allowed. */
export function importFault(path: string, { specifier, typesOnly }: Import): string | null {
  const room = roomOf(path);
  if (room === 'test') return null;
  if (specifier === null) return 'what is imported has to stand in the source';
  if (!specifier.startsWith('.')) return packageFault(path, room, specifier, typesOnly);
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  const into = roomOf(target);
  if (into === 'test') return 'nothing that is shipped imports tests';
  if (target.startsWith('assets/') || target === 'package.json') return null;
  // The user guides, to be read in the window.
  if (room === 'renderer' && /^docs\/(?:(?:fr|de)\/)?user-guide\.md\?raw$/.test(target)) return null;
  if (path.startsWith('preload/contract') && target.startsWith('preload/contract/')) return null;
  if (room === 'preload' && !typesOnly) return 'the preload script imports types only';
  if (into === room) return room === 'renderer' ? windowFault(path, target) : floorFault(path, target, room);
  if (room === 'renderer')
    return target === 'preload/contract.ts' && typesOnly ? null : 'the renderer imports nothing but types of preload/contract.ts';
  if (into === 'preload' && target !== 'preload/contract.ts') return 'of preload, nothing but the contract is for others';
  if (room === 'preload') return 'the contract stands for itself';
  const allowed = rooms[room];
  if (allowed === undefined) return `the room ${room} is not in the table of rooms`;
  return allowed.includes(into) ? null : `${room} does not know ${into}`;
}

const emptyNames = /(^|[/-])(utils?|helpers?)(\/|\.tsx?$)|(^|[/-])managers?\.tsx?$/i;

/** First words of descriptors that name no product: anybody may say them. */
const plainWords: ReadonlySet<string> = new Set(['exchange', 'mail', 'other']);

/** What a source text may not say, by the ids of the descriptors: the software itself, and whatever is described for it alone. */
export function softwareNames(servers: readonly string[], profiles: readonly string[]): RegExp {
  const brands = servers.map((id) => id.split('-')[0] ?? id).filter((word) => !plainWords.has(word));
  const ids = [...servers.filter((id) => id.includes('-')), ...profiles].map((id) => `['"\`]${id}['"\`]`);
  return new RegExp([...new Set(brands), ...ids].join('|'), 'i');
}

/** These speak to the management interface of one software, or stand in for it; nobody else's has one that is known. */
const interfaceRooms = /^main\/(?:practice\/)?mailstore\//;

/** Where others meet them: the address of their room, the option that names such a server, and its name in JSON. */
const interfaceNames = /'\.[./a-z-]*\/mailstore\/[a-z/-]+\.ts'|--(?:no-)?mailstore\b|'mailstore'|\bmailstore:/g;

/** Nothing in the product asks which server software it is: what one needs stands in its descriptor. */
export function softwareFault(path: string, source: string, names: RegExp): string | null {
  if (!/^(main|renderer|preload)\//.test(path) || interfaceRooms.test(path)) return null;
  const said = names.exec(source.replaceAll(interfaceNames, ''));
  return said === null ? null : `names a server software (${said[0]}); what it needs belongs in assets/servers`;
}

/** Names that say nothing about what a file holds. */
export function nameFault(path: string): string | null {
  return emptyNames.test(path) ? 'name the file after what it holds' : null;
}
