import { expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { instancesShape, profilesShape } from '../../../main/mailstore/archive.ts';
import { readHoldings, type InstanceHoldings, type ServerConnection } from '../../../main/mailstore/index.ts';

const held = {
  id: 7,
  name: 'Contoso',
  type: 'Office365_Modern',
  clientId: 'a',
  tenantId: 'b',
  thumbprint: 'C',
  notAfter: '2027-01-01T00:00:00Z',
};

async function holdingsOf(more: Partial<ServerConnection>): Promise<InstanceHoldings[]> {
  const found: InstanceHoldings[] = [];
  const connection = {
    kind: 'spe',
    version: '26.1',
    instances: () =>
      Promise.resolve([
        { id: 'alpha', status: 'running', version: '25.3' },
        { id: 'beta', status: 'running', version: null },
      ]),
    credentials: () => Promise.resolve([held]),
    directoryServices: () => Promise.reject(new Fault('server.call-failed', { params: { address: '', function: '', detail: '' } })),
    profiles: () => Promise.resolve([]),
    ...more,
  } as unknown as ServerConnection;
  await readHoldings(connection, 'Provider', null, {
    onEach: (each) => Promise.resolve(void found.push(each)),
    onProgress: () => undefined,
  });
  return found;
}

it('tells the version of an instance where it has one, else that of the server', async () => {
  expect(await holdingsOf({})).toMatchObject([
    { instance: 'alpha', holdings: { version: '25.3', ews: [] } },
    { instance: 'beta', holdings: { version: '26.1', ews: [] } },
  ]);
});

it('does not take profiles that cannot be read for profiles without EWS', async () => {
  const missing = new Fault('server.function-missing', { params: { address: '', function: 'GetProfiles', version: '26.1' } });
  expect(await holdingsOf({ profiles: () => Promise.reject(missing) })).toMatchObject([
    { holdings: { ews: null } },
    { holdings: { ews: null } },
  ]);
});

it('reads a version beside an instance where there is one', () => {
  const row = { instanceid: 'alpha', status: 'running' };
  expect(instancesShape.parse([row, { ...row, version: '26.1' }, { ...row, version: 26 }])).toEqual([
    { id: 'alpha', status: 'running', version: null },
    { id: 'alpha', status: 'running', version: '26.1' },
    { id: 'alpha', status: 'running', version: null },
  ]);
});

it.each([
  [{ protocol: 'EWS' }, true],
  [{ connection: { api: 'Exchange Web Services' } }, true],
  [{ useews: true }, true],
  [{ protocol: 'Graph' }, false],
  [{ protocol: 'IMAP' }, false],
  [{ mailbox: 'news@contoso.example' }, false],
])('a profile with %j archives by EWS: %s', (details, ews) => {
  expect(profilesShape.parse([{ id: 1, name: 'M365', connector: 'Office365', details }])).toMatchObject([{ ews, microsoft365: true }]);
});
