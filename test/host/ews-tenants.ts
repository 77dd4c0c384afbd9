import type { Output } from '../../preload/contract.ts';

type EwsTenant = Output<'ews:read'>['tenants'][number];

const at = '2026-11-30T12:00:00.000Z';
const unknown = (tenantId: string, tenantName: string): EwsTenant => ({
  tenantId,
  tenantName,
  state: 'unknown',
  at: null,
  readBy: null,
  holders: [],
  switch: null,
  losses: null,
  fault: null,
});
const archive = '1f6c7c3a-8a52-4b0c-9a43-5d0f3a6f9b01';

/** A tenant in every state, as the page has them after a look. */
export const lookedAt: EwsTenant[] = [
  {
    ...unknown('0d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d10', 'Contoso'),
    state: 'read',
    at,
    readBy: { kind: 'credential', name: 'Contoso archive' },
    switch: { enabled: true, allowed: [archive], readAt: at },
    losses: { archives: 3, publicFolders: 0, withoutImap: 12, readAt: at },
    holders: [
      {
        clientId: archive,
        name: 'MailStore Server',
        permissions: ['full_access_as_app'],
        publisher: null,
        owner: 'this-tenant',
        owners: ['admin@contoso.example'],
        lastSignIn: '2026-11-30T03:12:00.000Z',
        ours: true,
        calls: 1234,
      },
      {
        clientId: '2f6c7c3a-8a52-4b0c-9a43-5d0f3a6f9b02',
        name: 'Room calendar of the reception with a rather long name',
        permissions: ['EWS.AccessAsUser.All', 'EWS.Legacy.ReadWrite'],
        publisher: 'Fabrikam Meeting Rooms, Inc.',
        owner: 'another-tenant',
        owners: [],
        lastSignIn: null,
        ours: false,
        calls: 0,
      },
    ],
  },
  {
    ...unknown('1d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d11', 'Fabrikam'),
    state: 'read',
    at,
    readBy: { kind: 'administrator', name: 'admin@fabrikam.example' },
  },
  { ...unknown('2d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d12', 'Northwind Traders'), state: 'sign-in', at },
  {
    ...unknown('3d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d13', 'Proseware'),
    state: 'failed',
    at,
    fault: {
      code: 'service.unreachable',
      message: 'Microsoft Graph did not answer.',
      fix: 'Try again later.',
      retryable: true,
      correlationId: '7f4c1f0e-0000-4000-8000-000000000001',
    },
  },
  unknown('4d1f5e5c-2c6b-4a77-9a0e-2b8f5a3c7d14', ''),
];

/** The same before anybody has looked. */
export const notLookedAt: EwsTenant[] = lookedAt.map(({ tenantId, tenantName }) => unknown(tenantId, tenantName));

/** While the look goes on. */
export const beingLookedAt: EwsTenant[] = lookedAt.map((each, index) =>
  index < 2 ? each : { ...unknown(each.tenantId, each.tenantName), state: 'looking' },
);

/** Where no key may read in two of them. */
export const severalToSignIn: EwsTenant[] = lookedAt.map((each) => (each.tenantName === '' ? { ...each, state: 'sign-in', at } : each));
