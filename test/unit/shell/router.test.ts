import { describe, expect, it } from 'vitest';
import { silentLog, type Log } from '../../../main/log/index.ts';
import { createRouter, type Handlers } from '../../../main/shell/router.ts';
import { createTexts } from '../../../main/texts/index.ts';

const logged: unknown[] = [];
const log: Log = { ...silentLog, warn: (_event, fields) => void logged.push(fields?.['channel']) };
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- none of these channels has a handler
const router = createRouter({ handlers: {} as Handlers, texts: () => createTexts('en'), log: () => log });

const throwing = {
  toString: () => {
    throw new Error('read all the same');
  },
};

describe('a channel that is none', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['x'.repeat(100_000), 'x'.repeat(60)],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['app:read\0', 'app:read\0'],
    [{ toString: 1 }, 'object'],
    [throwing, 'object'],
    [Object.create(null), 'object'],
    [Symbol('app:read'), 'symbol'],
    [['app:read'], 'object'],
    [42, 'number'],
    [null, 'object'],
    [undefined, 'undefined'],
  ])('is refused by an outcome, never a rejection (%#)', async (channel, told) => {
    logged.length = 0;
    await expect(router.handle({ trusted: true }, channel, null)).resolves.toMatchObject({
      ok: false,
      fault: { code: 'window.request-malformed' },
    });
    await expect(router.handle({ trusted: false }, channel, null)).resolves.toMatchObject({
      ok: false,
      fault: { code: 'window.sender-refused' },
    });
    expect(logged).toEqual([told, told]);
  });
});

describe('what a handler answers', () => {
  const answering = (value: unknown) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no other channel is asked
    const handlers = { 'backups:restore': () => Promise.resolve(value) } as unknown as Handlers;
    return createRouter({ handlers, texts: () => createTexts('en'), log: () => log }).handle({ trusted: true }, 'backups:restore', {
      name: 'keyring-2026-11-24T103000Z.sqlite',
    });
  };

  it('leaves when it is what the contract says', async () => {
    await expect(answering({ restored: true })).resolves.toEqual({ ok: true, value: { restored: true } });
  });

  it.each([{ restored: true, privateKey: 'MIIE' }, { restored: 'yes' }, {}, null])('stays where it is anything else: %j', async (value) => {
    const outcome = await answering(value);
    expect(outcome).toMatchObject({ ok: false, fault: { code: 'bug' } });
    expect(JSON.stringify(outcome)).not.toContain('MIIE');
  });
});
