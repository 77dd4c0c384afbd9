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
