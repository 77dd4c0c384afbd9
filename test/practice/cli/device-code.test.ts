import { expect, it } from 'vitest';
import { followDeviceCode } from '../../../main/practice/index.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();

it('--device-code prints address and code, waits for the person, and connects without a browser', async () => {
  const typed = new Map<string, Promise<void>>();
  const ended = await inside([...connectArgs('code', '--device-code', '--json'), ...place().at('code')], {
    onStderr: (text) => {
      for (const [, address = '', code = ''] of text.matchAll(/\n {2}(http:\S+)\n {2}([A-Z2-9]{9})\n/g)) {
        if (!typed.has(code)) typed.set(code, followDeviceCode(address, code, { account: null }));
      }
    },
  });
  await Promise.all(typed.values());
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('valid for 15 minutes');
  expect(ended.stderr).not.toContain('login.microsoftonline.com/organizations');
  expect([...typed.keys()]).toHaveLength(2);
  expect(JSON.parse(ended.stdout)).toMatchObject({ credential: { name: 'code' }, proof: { ok: true } });
});

it('--device-code ends with 3 where somebody declines', async () => {
  const account = place().account('Declines consent');
  const typed: Promise<unknown>[] = [];
  const ended = await inside([...connectArgs('declined', '--device-code', '--json'), ...place().at('declined')], {
    onStderr: (text) => {
      const [, address = '', code = ''] = /\n {2}(http:\S+)\n {2}([A-Z2-9]{9})\n/.exec(text) ?? [];
      if (code !== '' && typed.length === 0) typed.push(followDeviceCode(address, code, { account }).catch((error: unknown) => error));
    },
  });
  await Promise.all(typed);
  expect(ended.code).toBe(3);
  expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'sign-in.consent-declined' } });
});
