import { clouds, type CloudId } from '../../clouds/index.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { asFault, Fault } from '../../faults.ts';
import type { Connection, Engine, Run } from '../engine.ts';
import type { EwsUsage } from '../ews-usage.ts';
import { everyLoss, type Loss } from '../ews-losses.ts';
import type { EwsSwitch, ExchangeLosses } from '../exchange-result.ts';
import { readEwsHolders, type EwsHolder, type EwsInventory, type SignInReport } from '../observe/ews-holders.ts';
import { signInAdministrator } from '../run/administrator.ts';
import { inTenant } from '../run/graph-faults.ts';
import { connectToTenant } from '../run/tenant-connection.ts';
import { inLanes } from './lanes.ts';

export interface EwsHolderLine extends EwsHolder {
  /** Whether a credential of the list is this application. */
  readonly ours: boolean;
  /** Calls over EWS in the usage report; null without one. */
  readonly calls: number | null;
}

/** One tenant, and what of it still hangs on EWS. */
export interface EwsTenant {
  readonly tenantId: string;
  readonly tenantName: string;
  /** Whose token was taken: that of a credential, by its name, or an administrator's. */
  readonly readBy: { readonly credential: string } | { readonly administrator: string };
  readonly holders: readonly EwsHolderLine[];
  /** The tenant's switch and list, as an administrator has read them; null while nobody has: Microsoft Graph does not have it. */
  readonly switch: { readonly enabled: boolean | null; readonly allowed: readonly string[] | null; readonly source: string } | null;
  /** Holders that do not appear in the usage report; empty without one. */
  readonly unused: readonly { readonly clientId: string; readonly name: string }[];
  /** `read`, or why nobody's last sign-in is told. */
  readonly signInReport: SignInReport;
  /** What EWS alone can archive, and what a move to IMAP may lose besides, as far as it was read. */
  readonly losses: readonly Loss[];
}

export type EwsOutcome = { readonly tenant: EwsTenant } | { readonly tenantId: string; readonly tenantName: string; readonly fault: Fault };

export interface EwsRequest {
  /** Null without a usage report. */
  readonly usage: EwsUsage | null;
  /** What administrators have read of their tenants' switches, by tenant id, in the place of what is kept. */
  readonly switches?: ReadonlyMap<string, EwsSwitch>;
  /** What administrators have found that EWS alone can archive, by tenant id, in the place of what is kept. */
  readonly losses?: ReadonlyMap<string, ExchangeLosses>;
  /** Sign in, one tenant after another, where no credential may read. */
  readonly signIn: boolean;
}

/** Application permissions with which the applications of a tenant can be read. */
const readingRoles: ReadonlySet<string> = new Set(['Directory.Read.All', 'Application.Read.All']);

/** A tenant of the list. */
export interface ListedTenant {
  readonly cloud: CloudId;
  readonly tenantId: string;
  readonly tenantName: string;
  /** Its credentials. */
  readonly records: readonly CredentialRecord[];
}

/** The tenants of these credentials, in the order of the list. */
export function ewsTenants(records: readonly CredentialRecord[]): ListedTenant[] {
  const groups = Map.groupBy(
    records.filter(({ tenantId }) => tenantId !== ''),
    ({ cloud, tenantId }) => `${cloud} ${tenantId.toLowerCase()}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const tenantName = group.find((each) => each.tenantName !== '')?.tenantName ?? '';
    return [{ cloud: first.cloud, tenantId: first.tenantId, tenantName, records: group }];
  });
}

const oursIn = (engine: Engine): ReadonlySet<string> =>
  new Set(engine.store.list().flatMap(({ clientId }) => (clientId === null ? [] : [clientId.toLowerCase()])));

/** A tenant with the calls that a usage report counts, and the holders that do not appear in it; null: without a report. */
export function withEwsUsage(tenant: EwsTenant, usage: EwsUsage | null): EwsTenant {
  const holders = tenant.holders.map((holder): EwsHolderLine => ({
    ...holder,
    calls: usage === null ? null : (usage.get(holder.clientId.toLowerCase()) ?? 0),
  }));
  return { ...tenant, holders, unused: holders.filter(({ calls }) => calls === 0).map(({ clientId, name }) => ({ clientId, name })) };
}

/** Makes a line of what was read of a tenant; the list is read once for all of them. */
type ToLine = (inventory: EwsInventory, readBy: EwsTenant['readBy']) => EwsTenant;

function linesFor(engine: Engine, { usage, switches, losses }: Omit<EwsRequest, 'signIn'>): ToLine {
  const ours = oursIn(engine);
  return ({ tenantId, tenantName, holders, signInReport, kioskProducts }, readBy) => {
    const read = switches?.get(tenantId.toLowerCase()) ?? engine.ewsSwitches.of(tenantId);
    const tenant = {
      tenantId,
      tenantName,
      readBy,
      holders: holders.map((holder) => ({ ...holder, ours: ours.has(holder.clientId.toLowerCase()), calls: null })),
      switch: read === null ? null : { enabled: read.enabled, allowed: read.allowed, source: read.source },
      unused: [],
      signInReport,
      losses: everyLoss({
        exchange: losses?.get(tenantId.toLowerCase()) ?? engine.ewsLosses.of(tenantId),
        licences: kioskProducts === null ? null : { products: kioskProducts, readAt: engine.clock.now().toISOString() },
      }),
    };
    return withEwsUsage(tenant, usage);
  };
}

/** The tenant as one of its credentials sees it; null where none may. A credential that is refused is passed over. */
async function byCredential(
  engine: Engine,
  { records }: Pick<ListedTenant, 'records'>,
  run: Run,
): Promise<{ readonly name: string; readonly inventory: EwsInventory } | null> {
  for (const record of records) {
    const { certificate, clientId, custody, cloud, tenantId } = record;
    if (custody === 'external' || certificate === null || clientId === null) continue;
    const key = await engine.secrets.load({ credentialId: record.id, thumbprint: certificate.thumbprint });
    if (key === null) continue;
    const connection = connectToTenant(engine, record);
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const request = {
      cloud: clouds[cloud],
      tenantId,
      clientId,
      thumbprintSha256: certificate.thumbprintSha256,
      privateKey,
      resource: 'graph' as const,
    };
    const token = await connection.identity
      .appOnlyToken(run.signal ? { ...request, signal: run.signal } : request)
      .catch((error: unknown) => {
        if (error instanceof Fault && error.kind !== 'unreachable') return null;
        throw error;
      });
    if (token === null || !token.claims.roles.some((role) => readingRoles.has(role))) continue;
    const directory = connection.directory({ accessToken: () => Promise.resolve(token.accessToken) });
    return { name: record.name, inventory: await inTenant({ step: 'ews' }, () => readEwsHolders(directory, cloud, run.signal)) };
  }
  return null;
}

async function byAdministrator(engine: Engine, cloud: CloudId, tenant: string | undefined, run: Run) {
  const connection: Connection = engine.connect(cloud);
  const administrator = await signInAdministrator(engine, connection, cloud, run, tenant);
  const { username, tenantId } = administrator.session;
  try {
    return { username, inventory: await inTenant({ step: 'ews' }, () => readEwsHolders(administrator.reader, cloud, run.signal)) };
  } finally {
    await administrator.session.forget();
    run.onProgress({ kind: 'signed-out', username, tenantId, cloud });
  }
}

/**
 * What of one tenant still hangs on EWS: the tenant of a credential, by its own token where that may read, else as an administrator
 * sees it; or the tenant that `run.tenant` names, with a sign-in.
 *
 * @param idOrName of a credential; null: the tenant of the run
 * @throws Fault credential.*, sign-in.*, token.*, service.*, policy.*, interrupted
 */
export async function ewsOfTenant(
  engine: Engine,
  cloud: CloudId,
  idOrName: string | null,
  request: EwsRequest,
  run: Run,
): Promise<EwsTenant> {
  const toLine = linesFor(engine, request);
  const record = idOrName === null ? null : engine.store.find(idOrName);
  if (record !== null) {
    const own = await byCredential(engine, { records: [record] }, run);
    if (own !== null) return toLine(own.inventory, { credential: own.name });
  }
  const { username, inventory } = await byAdministrator(engine, record?.cloud ?? cloud, run.tenant ?? record?.tenantId, run);
  return toLine(inventory, { administrator: username });
}

/** So many at once. */
const atOnce = 8;

/**
 * The same for every tenant of the list: with the credentials' own tokens, several at once, and then, where asked, one sign-in after
 * another for those that no credential may read. What fails in one tenant stops none of the others.
 *
 * @throws the reason of `run.signal`, when it is aborted
 */
export async function ewsOfAll(engine: Engine, request: EwsRequest, run: Run, onResult: (outcome: EwsOutcome) => void): Promise<void> {
  const toLine = linesFor(engine, request);
  const tenants = ewsTenants(engine.store.list());
  const queue: ListedTenant[] = [];
  const failed = ({ tenantId, tenantName }: ListedTenant, error: unknown): void => {
    run.signal?.throwIfAborted();
    onResult({ tenantId, tenantName, fault: asFault(error) });
  };
  await inLanes(tenants, { atOnce, signal: run.signal }, async (tenant) => {
    try {
      const own = await byCredential(engine, tenant, run);
      if (own === null) queue.push(tenant);
      else onResult({ tenant: toLine(own.inventory, { credential: own.name }) });
    } catch (error) {
      failed(tenant, error);
    }
  });
  for (const tenant of queue) {
    try {
      if (!request.signIn) throw new Fault('ews.sign-in-needed', { params: { tenant: tenant.tenantName || tenant.tenantId } });
      const { username, inventory } = await byAdministrator(engine, tenant.cloud, tenant.tenantId, run);
      onResult({ tenant: toLine(inventory, { administrator: username }) });
    } catch (error) {
      failed(tenant, error);
    }
  }
}
