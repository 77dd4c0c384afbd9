import type { Input, Output } from '../../../preload/contract.ts';
import { checkName } from '../../credential/fields/index.ts';
import { registrationKey, type Check, type CredentialRecord } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import {
  addressUrl,
  anyRunningInstance,
  parseAddress,
  readArchives,
  recordServer,
  type HeldCredential,
  type InstanceOverview,
  type ServerPatch,
  type ServerRecord,
} from '../../mailstore/index.ts';
import { evidenceText } from '../../registration/describe.ts';
import { askServer, linkServer, takeOver, testRedirectAddress, testUsers, unlinkServer } from '../../registration/index.ts';
import { checkTitle } from '../../registration/verify/checks/index.ts';
import { jsonText } from '../../visible-text.ts';
import { faultView, type Handlers } from '../router.ts';
import { markedName, type RequestContext } from './context.ts';
import { askAgain, findingsSaid } from './server-findings.ts';
import { credentialRow } from './views.ts';

type AskedServerChannel = Extract<keyof Handlers, `server:${string}`>;
type Connected = Output<'server:test'>;

/** A certificate that nobody accepted, out of the fault that says so; any other is thrown on. */
function shownCertificate(error: unknown): Connected {
  const shown = error instanceof Fault && (error.code === 'server.certificate-untrusted' || error.code === 'server.certificate-changed');
  if (!shown) throw error;
  const { address, sha256, sha1, notBefore, notAfter, expected } = error.params;
  const { host, port } = parseAddress(String(address));
  return {
    certificate: {
      host,
      port,
      sha256: String(sha256),
      sha1: String(sha1),
      notBefore: String(notBefore),
      notAfter: String(notAfter),
      expected: expected === undefined ? null : String(expected),
    },
  };
}

function checkedName(typed: string): string {
  const checked = checkName(typed);
  if (!checked.ok) throw checked.fault;
  return checked.value;
}

function patchOf({ id: _id, name, address, ...rest }: Input<'server:set'>): ServerPatch {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: checkedName(name) }),
    ...(address === undefined ? {} : { address: parseAddress(address) }),
  };
}

/** Id of the credential here with the same application and tenant ID. */
const ours = (held: Pick<HeldCredential, 'clientId' | 'tenantId'>, own: readonly CredentialRecord[]): string | null =>
  own.find((record) => registrationKey(record) === registrationKey(held))?.id ?? null;

/** Requests about the servers that are asked through their management interfaces; the command line's `server` is the same. */
export function createAskedServerHandlers(context: RequestContext, changed: <T>(value: T) => T): Pick<Handlers, AskedServerChannel> {
  const engine = () => context.services().engine;
  const servers = () => context.services().servers;
  const texts = () => context.services().texts;
  let work = new AbortController();
  let looking = new AbortController();
  context.onLeave(() => {
    work.abort();
    looking.abort();
    looking = new AbortController();
  });

  const serverView = (record: ServerRecord) => ({
    id: record.id,
    name: record.name,
    kind: record.kind,
    address: addressUrl(record),
    user: record.user,
    sha256: record.pin,
    version: record.version,
    instances: [...record.instances],
    lastContact: record.lastContact,
    password: servers().passwordPlace(record),
  });
  const connected = async (connect: () => Promise<ServerRecord>): Promise<Connected> => {
    try {
      return changed({ server: serverView(await connect()) });
    } catch (error) {
      return shownCertificate(error);
    }
  };
  const row = (record: CredentialRecord) => credentialRow(record, engine());
  const checkView = (check: Check) => ({
    check: check.check,
    name: checkTitle(check.check, texts()),
    result: check.result,
    evidence: evidenceText(check, texts()),
  });
  const archiveView = (each: InstanceOverview, own: readonly CredentialRecord[]): Output<'server:show'>['archives'][number] => {
    const instance = each.instance === '' ? null : each.instance;
    if ('fault' in each) return { instance, fault: faultView(each.fault, texts()) };
    const { credentials, redirectUri, runs } = each.overview;
    const { last } = runs;
    return {
      instance,
      credentials: credentials.map(({ type: _type, ...held }) => ({ ...held, credential: ours(held, own) })),
      redirectUri,
      lastRun: last === null ? null : { result: last.result, itemsArchived: last.itemsArchived, completedAt: last.completedAt },
      failingSince: runs.failingSince,
    };
  };

  return {
    'server:list': () =>
      Promise.resolve({
        servers: servers().list().map(serverView),
        forbidden: engine().policies.ForbidServers === true,
        keepsPasswords: servers().keepsPasswords,
      }),
    'server:add': ({ name, address, ...rest }) =>
      connected(() => servers().add({ ...rest, name: checkedName(name), address: parseAddress(address) })),
    'server:set': (change) => connected(() => servers().set(change.id, patchOf(change))),
    'server:password': ({ id, password }) => connected(() => servers().remember(id, password)),
    'server:test': ({ id }) => connected(() => servers().ask(id, (_connection, record) => Promise.resolve(record))),
    'server:remove': async ({ id }) => {
      await servers().remove(id);
      return changed(null);
    },
    'server:show': ({ id, instance }) =>
      servers().ask(id, async (connection, record) => {
        const own = engine().store.list();
        const archives = await readArchives(connection, record.name, instance);
        return { server: serverView(record), archives: archives.map((each) => archiveView(each, own)) };
      }),
    'server:save-recording': async ({ id }) => {
      const record = servers().find(id);
      const path = await context.desktop.saveFile({
        title: texts().t('window.save-recording'),
        name: markedName(context, `${record.name}.json`),
        extension: 'json',
      });
      if (path === null) return null;
      const recording = await servers().ask(id, async (connection) =>
        recordServer(connection, await anyRunningInstance(connection), engine().clock.now()),
      );
      // The save dialog has already asked whether an existing file is to be replaced.
      await writeNewFile(path, Buffer.from(`${jsonText(recording, 2)}\n`), { force: true });
      return { path };
    },
    'server:link': ({ credential, server, instance }) => Promise.resolve(changed(row(linkServer(engine(), credential, server, instance)))),
    'server:unlink': ({ credential }) => Promise.resolve(changed(row(unlinkServer(engine(), credential)))),
    'server:ask': async ({ credential }) => {
      const before = engine().store.find(credential).version;
      const { record, server, checks, made, wouldSwitchDirectory, fault } = await askServer(engine(), credential);
      if (record.version !== before) changed(null);
      return {
        credential: row(record),
        server,
        at: engine().clock.now().toISOString(),
        checks: checks.map(checkView),
        made: made === null ? null : { ...made, first: record.certificate === null },
        wouldSwitchDirectory,
        fault: fault === null ? null : faultView(fault, texts()),
      };
    },
    'server:test-users': async ({ credential }) => {
      const { check, answer } = await testUsers(engine(), credential);
      return { check: checkView(check), answer };
    },
    'server:test-address': async ({ credential }) => ({ check: checkView(await testRedirectAddress(engine(), credential)) }),
    'server:take-over': async ({ id }) => {
      work.abort();
      const { signal } = (work = new AbortController());
      const onProgress = (done: number, total: number) => context.emit('server:progress', { server: id, done, total });
      const taken = await servers().ask(
        id,
        (connection, record) =>
          takeOver(engine(), connection, record, { instance: null, cloud: context.settings.read().cloud, onProgress, signal }),
        { signal },
      );
      const named = ({ instance, record }: (typeof taken.known)[number]) => ({ instance, name: record.name, credential: record.id });
      return changed({
        added: taken.added.map(({ instance, record }) => ({ instance, credential: row(engine().store.find(record.id)) })),
        known: taken.known.map(named),
        refused: taken.refused.map(({ instance, name, fault }) => ({ instance, name, fault: faultView(fault, texts()) })),
        missing: taken.missing.map(named),
        ews: taken.ews.map(({ instance, profile }) => ({ instance, profile })),
        archives: taken.archives.map(({ instance, version, profilesRead }) => ({ instance, version, profilesRead })),
      });
    },
    'server:findings': () => findingsSaid(context.services()),
    'server:look': async ({ id }) => changed(await askAgain(context.services(), id, looking.signal)),
    'server:cancel': () => {
      work.abort();
      return Promise.resolve(null);
    },
  };
}
