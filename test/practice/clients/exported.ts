import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCertificate, createPfx, toPem, type Certificate } from '../../../main/certificates/index.ts';
import { clouds } from '../../../main/clouds/index.ts';
import { grant, register, simulation, type Simulation } from '../identity/simulation.ts';

export const password = 'Correct horse 7 battery';
const day = 86_400_000;

export interface Exported {
  readonly here: Simulation;
  readonly clientId: string;
  readonly certificate: Certificate;
  /** PKCS#8. */
  readonly privateKey: string;
  /** Certificate and key together, as other software wants them. */
  readonly pem: string;
  readonly pemFile: string;
  /** As it is exported for Windows and Windows Server of today, and for older ones. */
  readonly pfxFiles: { readonly modern: string; readonly compatible: string };
}

/**
 * A registration as a handover leaves it: the certificate published through Graph, a role on either API, and the files
 * that an administrator takes to the server.
 */
export async function exported(): Promise<Exported> {
  const here = await simulation();
  const { certificate, privateKey } = await createCertificate({
    commonName: 'MailStore Server',
    keySize: 2048,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 300 * day),
  });
  const registered = await register(here, { keyCredentials: [] });
  grant(here, registered, 'graph', 'Organization.Read.All');
  grant(here, registered, 'exchange', 'full_access_as_app');
  await publish(here, registered.application.id, certificate);

  const folder = await mkdtemp(join(tmpdir(), 'practice-clients-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const pem = `${toPem(certificate)}${key}`;
  const pemFile = join(folder, 'archive.pem');
  await writeFile(pemFile, pem);
  const pfx = async (encryption: 'modern' | 'compatible') => {
    const path = join(folder, `${encryption}.pfx`);
    await writeFile(path, await createPfx({ certificate, privateKey, password, encryption, friendlyName: 'MailStore Server' }));
    return path;
  };
  const pfxFiles = { modern: await pfx('modern'), compatible: await pfx('compatible') };
  return { here, clientId: registered.application.appId, certificate, privateKey: key, pem, pemFile, pfxFiles };
}

async function publish(here: Simulation, applicationId: string, certificate: Certificate): Promise<void> {
  const token = await fetch(`${here.server.origin}/practice/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      account: here.account('Global Administrator').upn,
      scopes: ['Application.ReadWrite.All'],
      tenant: here.tenant.id,
    }),
  });
  const { access_token } = Object(await token.json());
  const answer = await here.fetch(`${clouds.global.graph}/v1.0/applications/${applicationId}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${String(access_token)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      keyCredentials: [
        { type: 'AsymmetricX509Cert', usage: 'Verify', keyId: randomUUID(), key: Buffer.from(certificate.der).toString('base64') },
      ],
    }),
  });
  if (answer.status !== 204) throw new Error(await answer.text());
}
