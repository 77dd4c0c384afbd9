import { expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer } from '../../main/practice/mailstore/index.ts';
import { parseAddress } from '../../main/mailstore/index.ts';
import { askServer, linkServer } from '../../main/registration/index.ts';
import { desk } from './desk.ts';

/** A credential in a practice MailStore, and what one look at it asks. */
async function looking(kind: 'server' | 'spe') {
  const { here, setUp } = await desk();
  const archive = await startPracticeArchiveServer({ kind, tenants: here.server.origin, instances: ['contoso'] });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const { servers, engine } = here.services;
  await servers.add({ name: 'Archive', address: parseAddress(url), user, password, pin: sha256, keepPassword: true });
  const spe = kind === 'spe';
  const draft = {
    id: null,
    name: 'Contoso',
    clientId: '',
    tenant: '',
    custody: 'external' as const,
    fqdn: 'mailstore.example.com',
    port: spe ? '443' : '8462',
    userSignIn: true,
    server: spe ? 'mailstore-spe' : 'mailstore-server',
    instance: spe ? 'contoso' : '',
    profile: 'mailstore-guide',
    cloud: 'global' as const,
  };
  const [ended] = (await setUp({ draft, certificate: null })).slice(-1);
  if (ended?.kind !== 'ended') throw new Error(JSON.stringify(ended));
  const { id, clientId, tenantId } = ended.report.credential;
  linkServer(engine, id, 'Archive', spe ? 'contoso' : null);
  await archive.console(spe ? 'contoso' : '').createCredential({ name: 'Contoso', clientId: clientId ?? '', tenantId });
  const before = archive.calls.length;
  await askServer(engine, id);
  return archive.calls.slice(before);
}

it('a look at a credential asks each thing once, and no runs of a certificate that is not the one here', async () => {
  const server = await looking('server');
  expect(server.map((each) => each.function)).toEqual([
    'get-metadata',
    'GetServerInfo',
    'GetCredentials',
    'GetDirectoryServicesConfiguration',
    'GetProfiles',
  ]);
  // What it is it has to show anew: only then the password is sent.
  expect(server[0]).toMatchObject({ authorized: false });
});

it('of a Service Provider Edition whose certificate is pinned is not asked what it would refuse', async () => {
  const spe = await looking('spe');
  expect(spe.map((each) => each.function)).toEqual([
    'get-metadata',
    'GetEnvironmentInfo',
    'GetInstances',
    'GetCredentials',
    'GetDirectoryServicesConfiguration',
    'GetProfiles',
  ]);
});
