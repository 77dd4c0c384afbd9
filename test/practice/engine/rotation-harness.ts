import type { ProfileReference } from '../../../main/servers/index.ts';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { X509Certificate } from 'node:crypto';
import { clouds } from '../../../main/clouds/index.ts';
import type { Fault } from '../../../main/faults.ts';
import { rotate, type RotateRequest } from '../../../main/registration/verbs/rotate.ts';
import type { Services } from '../../../main/services/index.ts';
import type { CredentialRecord, StoredCertificate } from '../../../main/credential/index.ts';
import { writtenIn, type Harness } from './harness.ts';

export const day = 86_400_000;

/** Enough for a token, and not for a look at one's own application. */
export const blindProfile: ProfileReference = {
  id: 'users-only',
  version: 1,
  permissions: [{ resourceAppId: resourceAppIds.graph, value: 'User.Read.All', type: 'Role', why: 'profile.why.directory' }],
};

export const unattended: RotateRequest = {
  credential: 'Contoso archive',
  asked: true,
  withinDays: 60,
  unattended: true,
  overlapDays: null,
  handOut: null,
};

/** Nobody can sign in. */
export const alone = (here: Harness) =>
  here.run(undefined, {
    openBrowser: () => Promise.reject(new Error('nobody signs in')),
    confirm: () => Promise.reject(new Error('nobody is asked')),
  });

export const recordIn = ({ engine }: Services): CredentialRecord => engine.store.find('Contoso archive');
export const recordOf = ({ services }: Harness): CredentialRecord => recordIn(services);

/** SHA-1 thumbprints of the key credentials in the tenant. */
export function publishedIn(here: Harness): string[] {
  return (writtenIn(here).applications[0]?.keyCredentials ?? []).map((entry) =>
    new X509Certificate(Buffer.from(String(entry.key), 'base64')).fingerprint.replaceAll(':', ''),
  );
}

export const states = (record: CredentialRecord): string[] => record.rotation?.timeline.map(({ state }) => state) ?? [];

export const rotateAlone = (here: Harness, request: Partial<RotateRequest> = {}) =>
  rotate(here.services.engine, { ...unattended, ...request }, alone(here));

/** What a server does that holds the key of this certificate; null when it gets its token. */
export async function tokenFault(
  { engine }: Services,
  record: CredentialRecord,
  certificate: StoredCertificate,
  pem: string,
): Promise<Fault | null> {
  const request = {
    cloud: clouds.global,
    tenantId: record.tenantId,
    clientId: record.clientId ?? '',
    thumbprintSha256: certificate.thumbprintSha256,
    privateKey: pem,
    resource: 'graph' as const,
  };
  return engine
    .connect('global')
    .identity.appOnlyToken(request)
    .then(
      () => null,
      (error: unknown) => error as Fault,
    );
}

/** The key of the current certificate as the server got it: in a file of its own. */
export async function serverKey({
  services: { engine },
}: Harness): Promise<{ readonly certificate: StoredCertificate; readonly pem: string }> {
  const { id, certificate } = engine.store.find('Contoso archive');
  const key = certificate === null ? null : await engine.secrets.load({ credentialId: id, thumbprint: certificate.thumbprint });
  if (certificate === null || key === null) throw new Error('no key');
  return { certificate, pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
