import { describe, expect, it } from 'vitest';
import type { Input } from '../../preload/contract.ts';
import { desk, type Desk } from './desk.ts';

const typed: Input<'track:one'> = {
  name: 'Contoso',
  tenant: '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa',
  clientId: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f',
  cloud: 'global',
  certificate: null,
};

async function added(here: Desk, name: string, clientId = typed.clientId) {
  const answer = await here.request('track:one', { ...typed, name, clientId });
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.value.id;
}

describe('the list on the clipboard', () => {
  it('has these credentials in this order, a tab between two cells, nothing that a spreadsheet would carry out and no bytes', async () => {
    const here = await desk();
    const first = await added(here, 'Contoso');
    const second = await added(here, '=HYPERLINK("x")', '6b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f');
    await added(here, 'Not asked for', '7b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f');
    expect(await here.request('list:copy', { ids: [second, first] })).toEqual({ ok: true, value: { count: 2 } });
    const [table = ''] = here.copied;
    const [heads, ...lines] = table.trimEnd().split('\r\n');
    expect(heads).toMatch(/^Name\tCustomer\t.*State.*Notes/);
    expect(heads).not.toContain('Certificate');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['"\'=HYPERLINK(""x"")"', 'Contoso']);
  });

  it('is not touched where one of them is not there', async () => {
    const here = await desk();
    const unknown = '99999999-9999-4999-8999-999999999999';
    expect(await here.request('list:copy', { ids: [unknown] })).toMatchObject({ ok: false, fault: { code: 'input.credential.unknown' } });
    expect(here.copied).toEqual([]);
  });
});

describe('the customer', () => {
  it('is set and taken away without touching anything else, by the rule of the field', async () => {
    const here = await desk();
    const id = await added(here, 'Contoso');
    expect(await here.request('credential:annotate', { id, customer: ' Adatum ' })).toMatchObject({
      ok: true,
      value: { name: 'Contoso', customer: 'Adatum', notes: '' },
    });
    expect(here.emitted.at(-1)).toEqual(['store:changed', null]);
    expect(await here.request('credential:annotate', { id, customer: 'x'.repeat(3000) })).toMatchObject({
      ok: false,
      fault: { code: 'input.annotation.too-long' },
    });
    expect(await here.request('credential:annotate', { id, customer: '' })).toMatchObject({ ok: true, value: { customer: '' } });
  });
});

describe('a list that was dropped on the window', () => {
  const dropped = (name: string, text: string) => ({
    cloud: 'global' as const,
    name,
    content: Buffer.from(text).toString('base64'),
  });

  it('is read as a chosen one, but for the paths in it: they are not followed', async () => {
    const here = await desk();
    const text = `name;tenant id;client id;cer\nContoso;${typed.tenant};${typed.clientId};\nFabrikam;${typed.tenant};;/etc/passwd\n`;
    const answer = await here.request('track:read', dropped('tenants.csv', text));
    if (!answer.ok) throw new Error(answer.fault.message);
    const { file, name, lines } = answer.value;
    expect(name).toBe('tenants.csv');
    expect(lines.map(({ problem }) => problem)).toEqual([null, expect.stringContaining('a file of its own')]);
    expect(await here.request('track:add', { file })).toMatchObject({ ok: true, value: { added: [expect.any(String)] } });
  });

  it('is refused when it is none, or too large', async () => {
    const here = await desk();
    expect(await here.request('track:read', dropped('x.json', '{"credentials": 1}'))).toMatchObject({
      fault: { code: 'track.list-invalid' },
    });
    expect(await here.request('track:read', dropped('x.csv', 'x'.repeat(4 * 1024 * 1024 + 1)))).toMatchObject({
      fault: { code: 'track.file-too-large' },
    });
  });
});
