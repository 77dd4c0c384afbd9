import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readCertificate } from '../../main/certificates/index.ts';
import { compareKeys, forgetUnneeded } from '../../main/credential/keys/index.ts';
import { Fault } from '../../main/faults.ts';
import { profileById } from '../../main/servers/index.ts';
import { connect, type ConnectRequest } from '../../main/registration/verbs/connect.ts';
import {
  confirmHandover,
  edit,
  exportCertificate,
  handOverAndForget,
  importCertificate,
  markUsedHereOnly,
  remove,
  restore,
  rotateExternal,
  undoHandover,
} from '../../main/registration/verbs/index.ts';
import { repair } from '../../main/registration/verbs/repair.ts';
import { rotate, rotateBack } from '../../main/registration/verbs/rotate.ts';
import { verify } from '../../main/registration/verbs/verify.ts';
import type { Actor } from './actor.ts';

export const credentialName = 'Contoso archive';
export const appName = 'MailStore Server';
export const redirectUri = 'https://mailstore.example.com:8462/oidc/signin';

/** What a verb is told beside its name; all of it passes between processes. */
export interface VerbInput {
  /** Of the certificate that a word is about. */
  readonly thumbprint?: string;
  /** A certificate of the server’s, or one to import: PEM with its key. */
  readonly pem?: string;
  readonly overlapDays?: number;
}

/** What a verb gives back: only an export has something to say. */
export interface VerbResult {
  /** Certificate and key in PEM, as they went out. */
  readonly exported?: string;
}

const connectRequest: ConnectRequest = {
  name: credentialName,
  appName,
  cloud: 'global',
  redirectUri,
  server: null,
  profile: profileById('mailstore-guide'),
  custody: null,
  certificate: null,
  keySize: 2048,
  lifetime: { months: 15 },
  clientId: null,
  planOnly: false,
};
const certificateIn = (pem: string | undefined) => readCertificate(Buffer.from(pem ?? ''));
const repairRequest = { credential: credentialName, certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false } as const;

/** A file that is there only while `work` runs. */
async function withFile<T>({ folder }: Actor, work: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, `${randomUUID()}.pem`);
  try {
    return await work(path);
  } finally {
    rmSync(path, { force: true });
  }
}

function rotation(actor: Actor, { unattended, asked, overlapDays = 0 }: { unattended: boolean; asked: boolean; overlapDays?: number }) {
  const request = { credential: credentialName, asked, withinDays: 60, unattended, overlapDays, handOut: null };
  return rotate(actor.services.engine, request, actor.run(!unattended));
}

/** Everything that changes nothing but a file or the store takes part too (docs/decisions/laws.md, 2). */
export const verbs = {
  connect: ({ services, run }) => connect(services.engine, { ...connectRequest, custody: 'keyring' }, run(true)),
  'connect external': ({ services, run }, { pem }) =>
    connect(services.engine, { ...connectRequest, custody: 'external', certificate: certificateIn(pem) }, run(true)),
  'rotate unattended': (actor, { overlapDays }) =>
    rotation(actor, { unattended: true, asked: true, ...(overlapDays === undefined ? {} : { overlapDays }) }),
  'rotate at night': (actor, { overlapDays }) =>
    rotation(actor, { unattended: true, asked: false, ...(overlapDays === undefined ? {} : { overlapDays }) }),
  'rotate attended': (actor, { overlapDays }) =>
    rotation(actor, { unattended: false, asked: true, ...(overlapDays === undefined ? {} : { overlapDays }) }),
  'rotate external': ({ services, run }, { pem }) =>
    rotateExternal(
      services.engine,
      { credential: credentialName, certificate: Promise.resolve(certificateIn(pem)), overlapDays: 0 },
      run(true),
    ),
  repair: ({ services, run }) => repair(services.engine, repairRequest, run(true)),
  'repair, every leftover ticked': async ({ services: { engine }, run }) => {
    const { findings } = await repair(engine, { ...repairRequest, planOnly: true }, run(true));
    const accepted = findings.filter(({ finding, acceptable }) => acceptable && finding === 'leftover-key-credential').map(({ id }) => id);
    await repair(engine, repairRequest, { ...run(true), accepted });
  },
  verify: ({ services, run }) => verify(services.engine, credentialName, { signIn: false }, run(false)),
  'verify with sign-in': ({ services, run }) => verify(services.engine, credentialName, { signIn: true }, run(true)),
  'roll back': ({ services, run }) => rotateBack(services.engine, credentialName, run(false)),
  export: (actor) =>
    withFile(actor, async (path) => {
      const file = { format: 'pem', path, keyPath: path, force: false, password: null, encryption: 'modern' } as const;
      await exportCertificate(actor.services.engine, { credential: credentialName, ...file });
      return { exported: readFileSync(path, 'utf8') };
    }),
  handover: async ({ services }, { thumbprint }) => void confirmHandover(services.engine, credentialName, thumbprint),
  'undo handover': async ({ services }) => void undoHandover(services.engine, credentialName),
  'not needed': async ({ services }) => void markUsedHereOnly(services.engine, credentialName),
  'hand over and forget': ({ services, run }, { thumbprint }) => handOverAndForget(services.engine, credentialName, thumbprint, run(false)),
  import: (actor, { pem }) =>
    withFile(actor, async (path) => {
      writeFileSync(path, pem ?? '');
      await importCertificate(
        actor.services.engine,
        { credential: credentialName, path, password: null, kind: 'pem', keyPath: path },
        actor.run(false),
      );
    }),
  edit: async ({ services }) => void edit(services.engine, credentialName, { notes: randomUUID() }),
  remove: ({ services, folder, run }) =>
    remove(
      services.engine,
      { credential: credentialName, purge: false, deleteRegistration: false, exportTo: join(folder, `${randomUUID()}.json`) },
      run(false),
    ),
  'delete registration': ({ services, folder, run }) =>
    remove(
      services.engine,
      {
        credential: credentialName,
        purge: false,
        deleteRegistration: true,
        confirmName: credentialName,
        exportTo: join(folder, `${randomUUID()}.json`),
      },
      run(true),
    ),
  restore: ({ services, run }) => restore(services.engine, credentialName, run(true)),
  'remove keys nobody needs': async ({ services: { engine } }) => {
    const { unneeded } = await compareKeys(engine);
    await forgetUnneeded(engine, unneeded);
  },
  'back up': ({ services }) => services.backUp(),
  'empty the bin': ({ services }) => services.emptyBin(),
} as const satisfies Record<string, (actor: Actor, input: VerbInput) => Promise<unknown>>;

export type VerbName = keyof typeof verbs;

/** How a verb ended: well, with a fault that tells what was in the way, or with one that is a mistake of the program. */
export interface Outcome extends VerbResult {
  readonly fault: string | null;
  /** Stack of what is no fault, or of one of kind `bug`. */
  readonly bug: string | null;
}

export async function perform(actor: Actor, verb: VerbName, input: VerbInput = {}): Promise<Outcome> {
  try {
    const result: unknown = await verbs[verb](actor, input);
    const exported: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, 'exported') : undefined;
    return { fault: null, bug: null, ...(typeof exported === 'string' ? { exported } : {}) };
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return { fault: 'interrupted', bug: null };
    if (error instanceof Fault && error.kind !== 'bug') return { fault: error.code, bug: null };
    const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.stack ?? ''}` : '';
    return { fault: 'bug', bug: `${error instanceof Error ? (error.stack ?? error.message) : String(error)}${cause}` };
  }
}
