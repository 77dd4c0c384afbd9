import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { createCertificate, readCertificate, toPem, type Certificate } from '../../main/certificates/index.ts';
import { clouds } from '../../main/clouds/index.ts';
import { Fault } from '../../main/faults.ts';
import type { Services } from '../../main/services/index.ts';
import type { CredentialRecord } from '../../main/credential/index.ts';

/** A certificate with its key, outside Tenant Keyring. */
export interface ServerKey {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  readonly thumbprint: string;
  /** The certificate alone, and with its key. */
  readonly cer: string;
  readonly pem: string;
}

const serverKey = (certificate: Certificate, privateKey: KeyObject): ServerKey => ({
  certificate,
  privateKey,
  thumbprint: certificate.thumbprint,
  cer: toPem(certificate),
  pem: `${toPem(certificate)}${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}`,
});

/** Out of what an export wrote. */
export function exportedKey(pem: string): ServerKey {
  const [cer = ''] = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\s*/s.exec(pem) ?? [];
  return serverKey(readCertificate(Buffer.from(cer)), createPrivateKey(pem));
}

const made: ServerKey[] = [];

/** Certificates that somebody else made; the same ones in every scene of this process, because a key takes time. */
export async function otherCertificates(count: number): Promise<readonly ServerKey[]> {
  while (made.length < count) {
    const now = Date.now();
    const dates = { notBefore: new Date(now - 600_000), notAfter: new Date(now + 700 * 86_400_000) };
    const { certificate, privateKey } = await createCertificate({ commonName: `made elsewhere ${made.length}`, keySize: 2048, ...dates });
    made.push(serverKey(certificate, privateKey));
  }
  return made.slice(0, count);
}

/**
 * The software that uses the key. It has a copy of its own and knows nothing of Tenant Keyring; it takes another key only where
 * its own test succeeds with it.
 */
export interface ArchiveServer {
  /** Null while it uses none. */
  readonly held: () => ServerKey | null;
  /** Fault code of a token request with its key; null when it gets its token, or has no key. */
  readonly test: () => Promise<string | null>;
  /** Its administrator gives it a key; false where its test failed and it stays with the one before. */
  readonly take: (key: ServerKey) => Promise<boolean>;
  /** It has made this key itself and uses it from now on. */
  readonly use: (key: ServerKey) => void;
}

export function archiveServer({ engine }: Services, record: () => CredentialRecord | null): ArchiveServer {
  let held: ServerKey | null = null;
  const tokenFault = async ({ certificate, privateKey }: ServerKey): Promise<string | null> => {
    const { tenantId = '', clientId = null } = record() ?? {};
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const request = { cloud: clouds.global, tenantId, clientId: clientId ?? '', thumbprintSha256: certificate.thumbprintSha256 };
    return engine
      .connect('global')
      .identity.appOnlyToken({ ...request, privateKey: pem, resource: 'graph' })
      .then(
        () => null,
        (error: unknown) => (error instanceof Fault ? error.code : String(error)),
      );
  };
  return {
    held: () => held,
    test: async () => (held === null ? null : tokenFault(held)),
    take: async (key) => {
      if ((await tokenFault(key)) !== null) return false;
      held = key;
      return true;
    },
    use: (key) => {
      held = key;
    },
  };
}
