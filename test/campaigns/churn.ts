import { hashOf, randomStream } from '../../main/practice/random.ts';
import { breachesAtRest, breachesNow, heal, type Breach } from './laws.ts';
import { otherKinds } from './others.ts';
import { ledger, type CampaignReport, type Ledger } from './report.ts';
import { openScene, replacesList, type Asked, type Scene } from './scene.ts';
import { exportedKey } from './server.ts';
import { perform, redirectUri, type VerbName } from './verbs.ts';

export interface ChurnOptions {
  readonly seed: number;
  /** Tenants, each churning through all flows. */
  readonly tenants: number;
  readonly tell: (line: string) => void;
}

/** Between the reading of one grant and the request that replaces its scopes there may be others, which are sent side by side. */
const readsGrant = ({ method, path }: Asked): boolean => method === 'GET' && /\/oauth2PermissionGrants\/./i.test(path);

/** Another administrator, at work before each request of ours. */
function churning(scene: Scene, chance: () => number, { count }: Ledger): (asked: Asked) => void {
  let grantIsRead = false;
  return (asked) => {
    if (replacesList(asked)) {
      grantIsRead = false;
      count('requests that replace a list');
      return;
    }
    const before = grantIsRead;
    grantIsRead ||= readsGrant(asked);
    const kind = otherKinds[Math.floor(chance() * otherKinds.length)] ?? 'key';
    if (kind === 'scope' && before) return;
    const isDone = chance() < 0.55 ? scene.others.add(kind) : scene.others.takeAway(kind);
    if (isDone) count('changes by others');
  };
}

/** What others undo of ours, so that a repair has something to do. */
function undo({ tenant, record }: Scene, chance: () => number): void {
  const application = tenant().applications.find(({ displayName }) => displayName === 'MailStore Server');
  if (application?.web == null) return;
  const { web } = application;
  if (chance() < 0.6) web.redirectUris = (web.redirectUris ?? []).filter((uri) => uri !== redirectUri);
  if (chance() < 0.4) web.implicitGrantSettings = { ...web.implicitGrantSettings, enableIdTokenIssuance: false };
  const grant = tenant().oauth2PermissionGrants.find(
    ({ clientId, consentType }) => clientId === record()?.servicePrincipalId && consentType === 'AllPrincipals',
  );
  if (chance() < 0.5 && grant !== undefined) grant.scope = grant.scope.replace(/\bopenid\b/, '').trim();
  const ours = tenant().appRoleAssignments.findIndex(({ createdDateTime }) => !createdDateTime.startsWith('2024'));
  if (chance() < 0.4 && ours >= 0) tenant().appRoleAssignments.splice(ours, 1);
}

async function churned(seed: number, books: Ledger): Promise<{ readonly breaches: Breach[]; readonly told: string[] }> {
  const chance = randomStream(seed);
  const scene = await openScene({ connected: false });
  const breaches: Breach[] = [];
  const told: string[] = [];
  const note = (found: readonly Breach[]) => {
    if (breaches.length === 0) breaches.push(...found);
  };
  const act = async (verb: VerbName, input = {}) => {
    const outcome = await perform(scene.main, verb, input);
    told.push(`${verb} (${outcome.fault ?? 'ok'})`);
    books.count(outcome.fault === null ? 'verbs done' : 'verbs refused');
    if (outcome.bug !== null) note([{ law: 'no bug', detail: outcome.bug }]);
    note(await breachesAtRest(scene, { killed: false }));
    return outcome;
  };
  const serve = async () => {
    const { exported } = await act('export');
    if (exported !== undefined && (await scene.server.take(exportedKey(exported))))
      await act('handover', { thumbprint: scene.server.held()?.thumbprint });
  };
  try {
    const other = churning(scene, chance, books);
    scene.befall((asked) => {
      note(breachesNow(scene));
      other(asked);
      return null;
    });
    await act('connect');
    await serve();
    const verbs = [
      'rotate unattended',
      'rotate attended',
      'repair',
      'verify with sign-in',
      'rotate at night',
      'repair, every leftover ticked',
    ] as const;
    for (let step = 0; step < 8 && breaches.length === 0; step += 1) {
      undo(scene, chance);
      const verb = verbs[Math.floor(chance() * verbs.length)] ?? 'repair';
      await act(verb);
      // With all keys gone from the keychain, and so no key of its own, an administrator replaces whole lists.
      if (chance() < 0.25) {
        await scene.loseKeychain();
        told.push('the keychain is lost');
        await act('repair');
      }
      if (chance() < 0.5) await serve();
    }
    scene.befall(null);
    note(await heal(scene));
    note(await breachesAtRest(scene, { killed: false }));
    return { breaches, told };
  } finally {
    scene.befall(null);
    await scene.close();
  }
}

/** Another administrator adds and takes away keys, URIs, scopes and roles before each of our requests. */
export async function churn({ seed, tenants, tell }: ChurnOptions): Promise<CampaignReport> {
  const books = ledger('a churning tenant', tell);
  for (let number = 0; number < tenants; number += 1) {
    const own = hashOf(`${seed + number}`);
    const { breaches, told } = await churned(own, books);
    books.count('tenants');
    books.add(`seed ${seed + number}: ${told.join(' > ')}`, breaches);
  }
  return books.report();
}
