import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { countByEws } from '../../../main/exchange/ews.ts';
import { guardedFetch, type Fetch } from '../../../main/http/index.ts';
import { testClock } from '../vault/samples.ts';

interface Told {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What countByEws makes of these answers, one after the other; and how many were asked for. */
async function counted(...answers: readonly (Told | Error)[]) {
  let asked = 0;
  const fetch: Fetch = () => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer === undefined || answer instanceof Error) return Promise.reject(answer ?? new Error('no answer'));
    return Promise.resolve(new Response(answer.body ?? null, { status: answer.status, headers: answer.headers ?? {} }));
  };
  const outcome = await countByEws(
    { origin: clouds.global.exchange, accessToken: 'token', mailbox: 'a&b@contoso.example' },
    { fetch, clock: { ...testClock(), sleep: () => Promise.resolve() } },
  ).catch((error: unknown) => error);
  return { outcome, asked };
}

const xml = { 'content-type': 'text/xml; charset=utf-8' };
const soap = (body: string): Told => ({ status: 200, headers: xml, body: `<s:Envelope xmlns:s="x"><s:Body>${body}</s:Body></s:Envelope>` });
const fault = (code: string): Told => ({
  ...soap(`<s:Fault><faultstring>sorry</faultstring><detail><e:ResponseCode xmlns:e="y">${code}</e:ResponseCode></detail></s:Fault>`),
  status: 500,
});

describe('counting by EWS', () => {
  it.each<[string, Told, object]>([
    ['a count', soap('<m:ResponseCode>NoError</m:ResponseCode><t:TotalCount>12</t:TotalCount>'), { allowed: true, messages: 12 }],
    ['an empty inbox', soap('<m:ResponseCode>NoError</m:ResponseCode><t:TotalCount>0</t:TotalCount>'), { allowed: true, messages: 0 }],
    ['403 alone, which says nothing about EWS', { status: 403 }, { allowed: false, why: 'refused', detail: 'HTTP 403' }],
    [
      'a reason that nobody knows',
      { status: 403, headers: { 'x-ews-policy-reason': 'Something new' } },
      { allowed: false, why: 'refused', detail: 'Something new' },
    ],
    ['401 alone', { status: 401 }, { allowed: false, why: 'refused', detail: 'HTTP 401' }],
    [
      'a missing mailbox',
      fault('ErrorNonExistentMailbox'),
      { allowed: false, why: 'no-mailbox', detail: 'ErrorNonExistentMailbox: sorry' },
    ],
    ['no rights', fault('ErrorAccessDenied'), { allowed: false, why: 'out-of-scope' }],
    ['another code', fault('ErrorServerBusy'), { allowed: false, why: 'refused', detail: 'ErrorServerBusy: sorry' }],
  ])('reads %s', async (_, answer, wanted) => {
    expect((await counted(answer)).outcome).toMatchObject(wanted);
  });

  it('asks again where Exchange is busy, and takes an outage for no answer', async () => {
    const count = soap('<m:ResponseCode>NoError</m:ResponseCode><t:TotalCount>1</t:TotalCount>');
    expect(await counted({ status: 429, headers: { 'retry-after': '1' } }, { status: 503 }, count)).toEqual({
      outcome: { allowed: true, messages: 1 },
      asked: 3,
    });
    expect((await counted({ status: 503 })).outcome).toMatchObject({ code: 'service.failed' });
    expect((await counted({ status: 429 })).outcome).toMatchObject({ code: 'service.throttled' });
    expect((await counted(new TypeError('fetch failed'))).outcome).toMatchObject({ code: 'service.unreachable' });
  });

  it('knows a proxy’s page, and an answer without a count, for what they are', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' };
    expect((await counted(page)).outcome).toMatchObject({ code: 'service.proxy-answered' });
    expect((await counted(soap('<m:ResponseCode>NoError</m:ResponseCode>'))).outcome).toMatchObject({ code: 'service.failed' });
  });
});

it('the guard of Exchange lets nothing out to Graph, and that of Graph nothing to Exchange', async () => {
  const asked: string[] = [];
  const fetch: Fetch = (address) => {
    asked.push(address);
    return Promise.resolve(new Response(''));
  };
  for (const cloud of Object.values(clouds)) {
    const toExchange = guardedFetch(fetch, cloud, 'exchange');
    const toGraph = guardedFetch(fetch, cloud);
    await toExchange(`${cloud.exchange}/EWS/Exchange.asmx`);
    await expect(toExchange(`${cloud.graph}/v1.0/users`)).rejects.toMatchObject({ code: 'service.host-refused' });
    await expect(toExchange(`${cloud.authority}/x`)).rejects.toMatchObject({ code: 'service.host-refused' });
    await expect(toGraph(`${cloud.exchange}/EWS/Exchange.asmx`)).rejects.toMatchObject({ code: 'service.host-refused' });
  }
  expect(asked).toHaveLength(Object.keys(clouds).length);
});
