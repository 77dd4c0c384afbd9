import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { envelope, exchange, mailbox } from './exchange.ts';

const hour = 3_600_000;
/** A test is slower than the clock of the tenant stands still. */
const margin = hour / 4;
const off = 'EWS is disabled for this user or tenant';
const byPolicy = 'EWS is blocked by policy for this user or tenant';

type Here = Awaited<ReturnType<typeof exchange>>;

/** Allowed at once, as in a tenant that has had it for long. */
const allow = async (here: Here): Promise<void> => {
  await here.administer({ ewsAllowedAppIds: [here.registered.application.appId] });
  await here.administer({ ewsEnabled: true });
  here.clock.advance(24 * hour);
};

/** Milliseconds until a day, from the practice tenant's clock. */
const until = (here: Here, day: string): number => Date.parse(`${day}T00:00:00Z`) - here.clock.now().getTime();

const from = async (day: string, roles?: readonly string[]): Promise<Here> => {
  const here = await exchange(roles);
  here.server.world.knobs.exchangeAhead = until(here, day);
  return here;
};

const reasonOf = async (here: Here, text = envelope()): Promise<[number, string | null]> => {
  const { status, headers } = await here.ews(text);
  return [status, headers.get('x-ews-policy-reason')];
};

describe('EWS', () => {
  it('counts the inbox of the impersonated mailbox, as Graph does', async () => {
    const here = await from('2026-11-30');
    here.grantGraph('Mail.Read');
    await allow(here);
    const { status, text } = await here.ews(envelope());
    expect(status).toBe(200);
    expect(text).toContain('<m:ResponseCode>NoError</m:ResponseCode>');
    const graph = await here.fetch(`${clouds.global.graph}/v1.0/users/${mailbox}/mailFolders/inbox?$select=totalItemCount`, {
      headers: { authorization: `Bearer ${await here.token('graph')}` },
    });
    const { totalItemCount } = Object(await graph.json());
    expect(text).toContain(`<t:TotalCount>${totalItemCount}</t:TotalCount>`);
  });

  it('needs somebody to impersonate, with a mailbox', async () => {
    const here = await from('2026-11-30');
    await allow(here);
    const nobody = await here.ews(envelope({ impersonated: null }));
    expect([nobody.status, nobody.text]).toEqual([500, expect.stringContaining('ErrorInvalidExchangeImpersonationHeaderData')]);
    const elsewhere = await here.ews(envelope({ impersonated: 'nobody@contoso.example' }));
    expect([elsewhere.status, elsewhere.text]).toEqual([500, expect.stringContaining('ErrorNonExistentMailbox')]);
  });

  it('takes no token of another resource, and none without permissions', async () => {
    const here = await from('2026-11-30', []);
    const other = await here.ews(envelope(), await here.token('graph'));
    expect([other.status, other.headers.get('x-ms-diagnostics')]).toEqual([401, expect.stringMatching(/^2000003;.*invalid_resource/)]);
    const none = await here.ews(envelope());
    expect([none.status, none.headers.get('x-ms-diagnostics')]).toEqual([401, expect.stringMatching(/^2000008;.*contains no permissions/)]);
    const broken = await here.ews(envelope(), 'nothing');
    expect([broken.status, broken.headers.get('x-ms-diagnostics')]).toEqual([401, expect.stringMatching(/^2000001;/)]);
  });

  it.each([
    ['another folder', envelope({ body: envelopeBody('sentitems') })],
    ['another operation', envelope({ body: '<m:FindItem Traversal="Shallow"/>' })],
    ['a header of its own', envelope({ header: '<t:TimeZoneContext/>' })],
    ['another way to name somebody', envelope().replaceAll('SmtpAddress>', 'SID>')],
  ])('says in its own voice that it does not have %s', async (_what, text) => {
    const here = await from('2026-11-30');
    await allow(here);
    const answer = await here.ews(text);
    expect([answer.status, answer.text]).toEqual([501, expect.stringMatching(/^The practice tenant does not have /)]);
  });

  it.each(['', '<soap:Envelope>', envelope().replace('</soap:Body>', ''), envelope().replace('xmlns:m=', 'xmlns:n=')])(
    'refuses what is no envelope: %#',
    async (text) => {
      const here = await from('2026-11-30');
      await allow(here);
      expect((await here.ews(text)).text).toContain('ErrorSchemaValidation');
    },
  );
});

function envelopeBody(folder: string): string {
  return `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${folder}"/></m:FolderIds></m:GetFolder>`;
}

describe('the tenant’s switch', () => {
  it('means on while nobody has set it, until Microsoft blocks', async () => {
    expect(await reasonOf(await from('2026-09-30'))).toEqual([200, null]);
    expect(await reasonOf(await from('2026-10-01'))).toEqual([403, off]);
  });

  it('takes an hour', async () => {
    const here = await from('2026-09-01');
    await here.administer({ ewsEnabled: false });
    here.clock.advance(hour - margin);
    expect(await reasonOf(here)).toEqual([200, null]);
    here.clock.advance(margin);
    expect(await reasonOf(here)).toEqual([403, off]);
  });

  it('lets nobody in who is not in the list, and the list takes a day', async () => {
    const here = await from('2026-11-30');
    await here.administer({ ewsEnabled: true });
    await here.administer({ ewsAllowedAppIds: [here.registered.application.appId.toUpperCase()] });
    here.clock.advance(24 * hour - margin);
    expect(await reasonOf(here)).toEqual([403, byPolicy]);
    here.clock.advance(margin);
    expect(await reasonOf(here)).toEqual([200, null]);
    await here.administer({ ewsAllowedAppIds: ['11111111-2222-3333-4444-555555555555'] });
    here.clock.advance(24 * hour);
    expect(await reasonOf(here)).toEqual([403, byPolicy]);
  });

  it('restricted nobody with an empty list, before Microsoft blocked', async () => {
    const set = async (day: string) => {
      const here = await from(day);
      await here.administer({ ewsEnabled: true });
      here.clock.advance(hour);
      return reasonOf(here);
    };
    expect(await set('2026-09-01')).toEqual([200, null]);
    expect(await set('2026-11-30')).toEqual([403, byPolicy]);
  });

  it('is on for one mailbox only where it is on for the tenant', async () => {
    const here = await from('2026-11-30');
    await here.administer({ mailbox, ewsEnabled: true });
    expect(await reasonOf(here)).toEqual([403, off]);
    await allow(here);
    expect(await reasonOf(here)).toEqual([200, null]);
    await here.administer({ mailbox, ewsEnabled: false });
    expect(await reasonOf(here)).toEqual([403, off]);
    expect(await reasonOf(here, envelope({ impersonated: 'sales@contoso.example' }))).toEqual([200, null]);
  });

  it('is gone with EWS, whatever was set', async () => {
    const here = await from('2027-03-01');
    await allow(here);
    expect(await reasonOf(here)).toEqual([200, null]);
    here.server.world.knobs.exchangeAhead = until(here, '2027-04-02');
    expect(await reasonOf(here)).toEqual([403, off]);
    expect(await here.administer({ ewsEnabled: true })).toBe(501);
  });
});

describe('RBAC for Applications', () => {
  it('opens mailboxes to an application whose tokens have no roles, and no others', async () => {
    const here = await from('2026-11-30', []);
    const { appId } = here.registered.application;
    await here.administer({ roleAssignment: { appId, role: 'Application EWS.AccessAsApp', mailboxes: [mailbox] } });
    await allow(here);
    expect(await reasonOf(here)).toEqual([200, null]);
    expect((await here.ews(envelope({ impersonated: 'sales@contoso.example' }))).text).toContain('ErrorAccessDenied');
  });

  it('opens them to Graph alike', async () => {
    const here = await from('2026-11-30', []);
    const { appId } = here.registered.application;
    const read = async (who: string) => {
      const response = await here.fetch(`${clouds.global.graph}/v1.0/users/${who}/mailFolders/inbox?$select=totalItemCount`, {
        headers: { authorization: `Bearer ${await here.token('graph')}` },
      });
      return [response.status, Object(await response.json())['error']?.code];
    };
    expect(await read(mailbox)).toEqual([403, 'ErrorAccessDenied']);
    await here.administer({ roleAssignment: { appId, role: 'Application Mail.Read', mailboxes: [mailbox] } });
    expect(await read(mailbox)).toEqual([200, undefined]);
    expect(await read('sales@contoso.example')).toEqual([403, 'ErrorAccessDenied']);
  });
});
