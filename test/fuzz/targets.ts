import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificate, readCertificateContents } from '../../main/certificates/index.ts';
import { openPfx } from '../../main/certificates/pfx-contents.ts';
import { named } from '../../main/certificates/door.ts';
import { pemIn } from '../../main/certificates/read-pem.ts';
import { validatedPfx, pfxIn } from '../../main/certificates/read-pfx.ts';
import { signedIn } from '../../main/certificates/read-signed.ts';
import { checkClientId, checkFqdn, checkName, checkRedirectUri, checkTenant } from '../../main/credential/fields/index.ts';
import { anyTenant, readCandidates, refusedText } from '../../main/credential/track/index.ts';
import { validate } from '../../main/credential/track/validate.ts';
import { firstLine, textOf } from '../../main/files/index.ts';
import { profileById } from '../../main/servers/index.ts';
import { createTexts } from '../../main/texts/index.ts';
import type { CredentialStore } from '../../main/credential/index.ts';
import type { Seeds } from './seeds.ts';

/** One reader: what it gets is changed over and over, and it has to end in a result or in a fault that is no bug. */
export interface Target {
  readonly seeds: readonly Uint8Array[];
  readonly read: (bytes: Buffer) => unknown;
}

const now = new Date();
const file = (door: 'signed' | 'pfx' | 'pem') => ({ path: 'fuzzed', door });

/** A list without a credential in it. Only what validating asks of it is there. */
const emptyStore = { list: () => [], withName: () => null } as Pick<CredentialStore, 'list' | 'withName'> as CredentialStore;

function listReader(): (bytes: Buffer) => Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-fuzz-')), 'list');
  const options = {
    cloud: 'global',
    profile: profileById('mailstore-guide'),
    server: { id: 'mailstore-server', instance: null },
    practice: false,
  } as const;
  const texts = createTexts('en');
  return async (bytes) => {
    writeFileSync(path, bytes);
    const read = await readCandidates(path, 'auto', options);
    const validated = await validate(
      { store: emptyStore, clock: { now: () => now, sleep: () => Promise.resolve() } },
      read.candidates,
      anyTenant,
    );
    refusedText(read, validated, texts);
  };
}

/** All readers of files and of what is typed. */
export const targets = ({ certificates, pems, pfxs, lists, fields, privateKey }: Seeds): Readonly<Record<string, Target>> => ({
  certificate: { seeds: certificates, read: (bytes) => readCertificateContents('fuzzed', bytes, now) },
  'certificate-of-list': { seeds: certificates, read: (bytes) => readCertificate(bytes) },
  signed: { seeds: [...certificates, ...pems], read: (bytes) => signedIn(file('signed'), bytes, [privateKey], now) },
  pem: {
    seeds: pems,
    read: (bytes) => pemIn({ file: file('pem'), bytes, keyFile: file('pem'), keyBytes: bytes }, 'secret', now),
  },
  pfx: {
    seeds: pfxs,
    read: (bytes) =>
      validatedPfx(
        file('pfx'),
        openPfx(
          named(file('pfx'), 'import.pfx-invalid', () => pfxIn(bytes)),
          'Abc12345',
        ),
        null,
        now,
      ),
  },
  list: { seeds: lists, read: listReader() },
  fields: {
    seeds: fields,
    read: (bytes) => {
      const text = firstLine(textOf(bytes));
      for (const check of [checkName, checkTenant, checkClientId, checkFqdn]) check(text);
      checkRedirectUri({ path: '/oidc/signin' }, text);
      checkRedirectUri('any-path', text);
    },
  },
});
