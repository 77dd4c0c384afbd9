import type { Engine } from '../../../main/registration/engine.ts';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import type { Services } from '../../../main/services/index.ts';
import type { StoredCertificate } from '../../../main/credential/index.ts';
import type { Harness } from './harness.ts';
import { publishedIn, recordIn, serverKey, tokenFault } from './rotation-harness.ts';

/**
 * The software that uses the key: it holds a copy of its own, and takes another only when its administrator imports it and
 * its own test succeeds.
 */
export interface ArchiveServer {
  readonly thumbprint: () => string;
  /** Null when it gets its token. */
  test(): ReturnType<typeof tokenFault>;
  /** The administrator imports the current certificate, tests, and says so; false where the test failed and nothing changed. */
  handOver(services: Services): Promise<boolean>;
}

export async function archiveServer(here: Harness): Promise<ArchiveServer> {
  let held = await serverKey(here);
  const tokenWith = (services: Services, key: typeof held) => tokenFault(services, recordIn(services), key.certificate, key.pem);
  return {
    thumbprint: () => held.certificate.thumbprint,
    test: () => tokenWith(here.services, held),
    handOver: async (services) => {
      const next = await serverKey({ ...here, services });
      if ((await tokenWith(services, next)) !== null) return false;
      held = next;
      try {
        confirmHandover(services.engine, 'Contoso archive', next.certificate.thumbprint);
        return true;
      } catch {
        // It runs with the new key although nobody could say so yet: the next run has to bear that too.
        return false;
      }
    },
  };
}

/** Certificates that are known here, with their keys, and stand in the tenant. */
export async function validAndKnown(here: Harness, { engine }: Services): Promise<StoredCertificate[]> {
  const { id, certificate, earlierCertificates } = engine.store.find('Contoso archive');
  const published = publishedIn(here);
  const known = [certificate, ...earlierCertificates]
    .filter((each) => each !== null)
    .filter(({ thumbprint }) => published.includes(thumbprint));
  const keys = await Promise.all(known.map(({ thumbprint }) => engine.secrets.load({ credentialId: id, thumbprint })));
  return known.filter((_, index) => keys[index] !== null);
}

class Crash extends Error {
  override readonly name = 'Crash';
}

/** An engine whose process ends at the n-th time it keeps something, before or after it is kept. */
export function crashing(engine: Engine, at: number, after: boolean): Engine {
  let seen = 0;
  const due = () => (seen += 1) === at;
  const { secrets } = engine;
  const keeping = (store: Engine['store']): Engine['store'] => ({
    ...store,
    change: (id, decide) => {
      const crash = due();
      if (crash && !after) throw new Crash('before the store');
      const record = store.change(id, decide);
      if (crash) throw new Crash('after the store');
      return record;
    },
    guardedBy: (guard) => keeping(store.guardedBy(guard)),
  });
  return {
    ...engine,
    store: keeping(engine.store),
    secrets: {
      ...secrets,
      save: async (name, key) => {
        const crash = due();
        if (crash && !after) throw new Crash('before the keychain');
        await secrets.save(name, key);
        if (crash) throw new Crash('after the keychain');
      },
    },
  };
}

export const isCrash = (error: unknown): boolean => error instanceof Crash;
