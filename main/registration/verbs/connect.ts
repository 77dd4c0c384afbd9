import { randomUUID } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';
import type { CloudId } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import { knownServer, profileReference, type ProfileReference, type ServerReference } from '../../servers/index.ts';
import {
  credentialView,
  noAnnotations,
  storedCertificate,
  type Annotations,
  type CredentialRecord,
  type Custody,
} from '../../credential/index.ts';
import { refuseEwsAfterItsEnd } from '../ews.ts';
import { chosenServer } from '../server-choice.ts';
import type { Engine, Run } from '../engine.ts';
import {
  atHand,
  prepareCertificate,
  type CertificateWish,
  type ComingCertificate,
  type NewCertificate,
} from '../certificates/new-certificate.ts';
import { wished, type Wish } from '../run/keep.ts';
import { register } from '../run/register.ts';
import { edit } from './edit.ts';
import { present } from './present.ts';
import type { Report } from '../run/report.ts';
import { registerAndStay, type NextAct, type Stay } from './stay.ts';

export interface ConnectRequest {
  readonly name: string;
  /** Those that were given; the others stay as they are. */
  readonly annotations?: Partial<Annotations>;
  /** Null: as the description of the server software has it. */
  readonly appName: string | null;
  readonly cloud: CloudId;
  /** Null where users do not sign in with Microsoft. */
  readonly redirectUri: string | null;
  /** Null keeps the stored credential's; that of the profile for a new one. */
  readonly server: ServerReference | null;
  /** Null keeps the stored credential's; the software's first for a new one. */
  readonly profile: ProfileReference | null;
  /** Null keeps the stored credential's; `keyring` for a new one, unless the server alone makes its certificate. */
  readonly custody: Custody | null;
  /** The server's certificate (custody external). */
  readonly certificate: Certificate | null;
  /** A certificate of ours that was made beforehand (custody keyring); left out, one is made where it is needed. */
  readonly made?: NewCertificate;
  readonly keySize: CertificateWish['keySize'];
  readonly lifetime: CertificateWish['lifetime'];
  /** Adopt this application instead of creating one. */
  readonly clientId: string | null;
  readonly planOnly: boolean;
  /** Asked while the administrator is still signed in, until nothing more is to be done; left out, they are signed out at once. */
  readonly stay?: (stay: Stay) => Promise<NextAct>;
  /** The server that holds it, which can be asked; left out, what is known stays. */
  readonly link?: { readonly server: string; readonly instance: string | null };
}

/** True when the stored credential is the one this request describes, so that the command continues it. */
function isSame(stored: CredentialRecord, request: ConnectRequest, tenant: string | undefined): boolean {
  const known = [stored.tenantId, stored.tenantDomain].map((name) => name.toLowerCase());
  const guid = tenant !== undefined && /^[0-9a-f-]{36}$/i.test(tenant);
  // Another domain of the same tenant can only be told after the sign-in.
  const tenantFits = tenant === undefined || !guid || known.includes(tenant.toLowerCase());
  const applicationFits = request.clientId === null || request.clientId.toLowerCase() === stored.clientId?.toLowerCase();
  const { server } = request;
  const serverFits = server === null || (server.id === stored.server.id && server.instance === stored.server.instance);
  return stored.cloud === request.cloud && stored.redirectUri === request.redirectUri && serverFits && tenantFits && applicationFits;
}

/** What this run asks to change of a stored credential; another custody begins with a certificate of its own. */
function wishOf(request: ConnectRequest): Wish {
  return {
    ...(request.profile === null ? {} : { profile: profileReference(request.profile) }),
    ...(request.custody === null ? {} : { custody: request.custody }),
  };
}

function newRecord(engine: Engine, request: ConnectRequest): CredentialRecord {
  const id = randomUUID();
  const now = engine.clock.now().toISOString();
  const adopted = request.clientId !== null;
  const { server, profile, custody } = chosenServer(request, engine.policies);
  return {
    id,
    version: 0,
    name: request.name,
    ...noAnnotations,
    ...request.annotations,
    cloud: request.cloud,
    tenantId: '',
    tenantName: '',
    tenantDomain: '',
    appName: request.appName ?? knownServer(server.id).application,
    uniqueName: adopted ? null : `tenant-keyring-${id}`,
    adopted,
    clientId: request.clientId,
    objectId: null,
    servicePrincipalId: null,
    redirectUri: request.redirectUri,
    server,
    profile,
    custody,
    certificate: null,
    earlierCertificates: [],
    state: custody === 'external' ? 'waiting-certificate' : 'never-checked',
    proof: null,
    presented: null,
    rotation: null,
    sheet: {},
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}

/** The certificate this run has to bring; null when the stored one is good to use. */
async function certificateFor(engine: Engine, record: CredentialRecord, request: ConnectRequest, run: Run): Promise<ComingCertificate> {
  const { certificate } = request;
  if (record.custody === 'external') {
    const same = certificate !== null && certificate.thumbprintSha256 === record.certificate?.thumbprintSha256;
    return atHand(certificate === null || same ? null : { stored: storedCertificate(certificate, 'key-elsewhere'), privateKey: null });
  }
  const { made } = request;
  if (made !== undefined) return atHand(made.stored.thumbprintSha256 === record.certificate?.thumbprintSha256 ? null : made);
  if (
    record.certificate !== null &&
    (await engine.secrets.load({ credentialId: record.id, thumbprint: record.certificate.thumbprint })) !== null
  )
    return atHand(null);
  return prepareCertificate(engine, { commonName: record.appName, keySize: request.keySize, lifetime: request.lifetime }, run);
}

interface Connecting {
  readonly request: ConnectRequest;
  /** Left out where it is new. */
  readonly existing: CredentialRecord | undefined;
  /** As it is stored, or as it will be. */
  readonly read: CredentialRecord;
  readonly wish: Wish;
  /** The same with what is wished for. */
  readonly record: CredentialRecord;
}

async function carryOut(engine: Engine, { request, existing, read, wish, record }: Connecting, run: Run): Promise<Report> {
  const { certificate } = await certificateFor(engine, record, request, run);
  const { stay, annotations = {}, planOnly } = request;
  const registering = { record: read, wish, certificate, planOnly };
  const kept = (done: Report): Report => {
    if (planOnly) return done;
    const { id, certificate: current } = done.credential;
    if (current !== null) present(engine, id, current.thumbprint, 'shown');
    if (existing === undefined || Object.keys(annotations).length === 0) return done;
    return { ...done, credential: credentialView(edit(engine, id, annotations)) };
  };
  if (stay === undefined || planOnly) return kept(await register(engine, registering, run));
  return registerAndStay(engine, registering, ({ done, ...rest }) => stay({ done: kept(done), ...rest }), run);
}

/**
 * Connects a tenant as the guide of its server software does it, and proves it. Idempotent: with the name of a stored credential of
 * the same tenant, redirect URI and application it continues or verifies that one, with its key.
 *
 * @throws Fault, among them those of the link: server.unknown, server.instance-*
 */
export async function connect(engine: Engine, request: ConnectRequest, run: Run): Promise<Report> {
  const existing = engine.store.withName(request.name) ?? undefined;
  if (existing !== undefined && !isSame(existing, request, run.tenant)) {
    throw new Fault('input.name.taken', { params: { name: existing.name, tenant: existing.tenantName } });
  }
  const read = existing ?? newRecord(engine, request);
  const wish = existing === undefined ? {} : wishOf(request);
  const record = wished(read, wish);
  if (existing === undefined) refuseEwsAfterItsEnd(record.profile, engine.clock.now());
  if (record.custody === 'keyring') await engine.secrets.probe();
  // Before anybody signs in, and so that the proof at the end can ask it.
  if (request.link !== undefined && !request.planOnly) engine.linkedServers.link(record.id, request.link.server, request.link.instance);
  try {
    return await carryOut(engine, { request, existing, read, wish, record }, run);
  } catch (error) {
    // What did not come about is in no server.
    if (request.link !== undefined && engine.store.get(record.id) === null) engine.linkedServers.unlink(record.id);
    throw error;
  }
}
