import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { startPractice, type PracticeFaultKind, type PracticeKnobs, type PracticeServer } from '../../main/practice/index.ts';
import { practiceKeychain } from '../../main/vault/index.ts';
import type { CredentialRecord } from '../../main/credential/index.ts';
import { actorHeader, openActor, type Actor, type Place } from './actor.ts';
import { othersIn, type Others } from './others.ts';
import { archiveServer, otherCertificates, type ArchiveServer } from './server.ts';
import { appName, credentialName, perform } from './verbs.ts';
import { liveBy, worldClock, type WorldClock } from './world-clock.ts';

/** One request of an actor, as the practice tenant receives it. */
export interface Asked {
  readonly actor: string;
  readonly method: string;
  readonly path: string;
}

/**
 * The request that replaces a list which was read directly before it. What somebody adds in this one moment is lost, as Microsoft
 * Graph has no condition for it (docs/decisions/shared-collections.md, "What is left"), so nothing is added just there.
 */
export const replacesList = ({ method, path }: Asked): boolean =>
  method === 'PATCH' && /\/(?:applications|oauth2PermissionGrants)/i.test(path);

/** What befalls a request: told before the practice tenant looks at it. Null: nothing. */
export type Befalls = (asked: Asked) => PracticeFaultKind | null;

export interface Scene extends Place {
  readonly practice: PracticeServer;
  readonly clock: WorldClock;
  /** Works in this process, undisturbed. */
  readonly main: Actor;
  readonly server: ArchiveServer;
  readonly others: Others;
  readonly tenant: () => PracticeServer['world']['state']['tenants'][number];
  /** The credential, live or in the bin; null before the first connect has kept it. */
  readonly record: () => CredentialRecord | null;
  /** Whether it was ever in the store. */
  readonly isStored: () => boolean;
  /** SHA-1 thumbprints in the application, one for each key credential that is a certificate. */
  readonly published: () => string[];
  readonly befall: (befalls: Befalls | null) => void;
  /** Thumbprints of keys that the campaign itself took from the keychain: nobody is to blame that they are gone. */
  readonly taken: ReadonlySet<string>;
  /** The registration is gone because its administrator wanted that. */
  readonly isDeletedOnPurpose: () => boolean;
  readonly loseKeychain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SceneOptions {
  readonly knobs?: Partial<PracticeKnobs>;
  /** Where the data directory lies; default beside everything else. */
  readonly disk?: string;
  /** Connected, with entries of others in the registration; default true. */
  readonly connected?: boolean;
  /** Its administrator deletes the registration, and knows what that means for the server. */
  readonly deletes?: boolean;
}

const disturbances = [
  'drop-before',
  'drop-after-write',
  'status:503',
  '503-after-write',
  '504-after-write',
] as const satisfies readonly PracticeFaultKind[];

/** Programmes the practice tenant once: each request asks `current` what befalls it. */
function listen(practice: PracticeServer, current: () => Befalls | null): void {
  let [seen, kind]: [object | null, PracticeFaultKind | null] = [null, null];
  for (const each of disturbances)
    practice.faultOn(
      (request) => {
        if (request !== seen) {
          seen = request;
          const actor = request.headers[actorHeader];
          const { method, path } = request;
          kind = actor === undefined ? null : (current()?.({ actor, method, path }) ?? null);
        }
        return kind === each;
      },
      each,
      { times: Number.POSITIVE_INFINITY },
    );
}

/** How many certificates of somebody else there are in a scene. */
const ofOthers = 3;

export async function openScene({ knobs = {}, disk, connected = true, deletes = false }: SceneOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-campaign-'));
  const clock = worldClock(folder);
  const practice = await startPractice({ port: 0, clock, knobs: { replication: 0, ...knobs } });
  const place: Place = { origin: practice.origin, folder, data: join(disk ?? folder, 'practice') };
  mkdirSync(place.data, { recursive: true });
  // Of its own clock nothing is ever wrong: it stands for the computer that all work at.
  const main = await openActor(place, 'main', { keychain: practiceKeychain(place.data) });
  let befalls: Befalls | null = null;
  const taken = new Set<string>();
  listen(practice, () => befalls);
  const tenant = () => {
    const [first] = practice.world.state.tenants;
    if (first === undefined) throw new Error('no tenant');
    return first;
  };
  const { store } = main.services.engine;
  let id: string | null = null;
  const record = () => {
    id ??= store.withName(credentialName)?.id ?? null;
    return id === null ? null : store.get(id);
  };
  const application = () => tenant().applications.find(({ displayName }) => displayName === appName);
  const scene: Scene = {
    ...place,
    practice,
    clock,
    main,
    server: archiveServer(main.services, record),
    others: othersIn(tenant(), await otherCertificates(ofOthers)),
    tenant,
    record,
    isStored: () => record() !== null || id !== null,
    published: () =>
      (application()?.keyCredentials ?? []).flatMap(({ type, key }) =>
        type === 'AsymmetricX509Cert' ? [new X509Certificate(Buffer.from(String(key), 'base64')).fingerprint.replaceAll(':', '')] : [],
      ),
    befall: (given) => {
      befalls = given;
    },
    taken,
    isDeletedOnPurpose: () => deletes && tenant().deletedApplications.some(({ displayName }) => displayName === appName),
    loseKeychain: async () => {
      const { secrets } = main.services.engine;
      for (const name of await secrets.list()) {
        taken.add(name.thumbprint);
        await secrets.forget(name);
      }
    },
    close: async () => {
      await main.services.close();
      await practice.close();
      liveBy(null);
      rmSync(place.data, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  if (!connected) return scene;
  const { fault, bug } = await perform(main, 'connect');
  if (fault !== null) throw new Error(`the scene could not be connected: ${bug ?? fault}`);
  // By its id it is found in the bin too, where its name is free for another.
  record();
  for (const kind of ['key', 'symmetric key', 'secret', 'redirect URI', 'required permission', 'scope', 'role'] as const)
    scene.others.add(kind);
  return scene;
}
