import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { clockParams } from '../../../main/identity/clock-difference.ts';
import { faultTable } from '../../../main/faults.ts';

/** Everything that identity, http and directory give their faults as parameters. */
const params = {
  'sign-in.wrong-tenant': { meant: 'M', actual: 'A', username: 'U' },
  'sign-in.other-account': { meant: 'M', actual: 'A' },
  'service.host-refused': { host: 'H' },
  'service.proxy-answered': { host: 'H' },
  'service.refused': { code: 'C', detail: 'D' },
} as const satisfies Record<string, Readonly<Record<string, string>>>;
const own = new Map<string, Readonly<Record<string, string>>>(Object.entries(params));
const network = { host: 'H', detail: 'D' };
const refusal = { number: 'AADSTS1', detail: 'D', host: 'H' };
const local = new Set(['sign-in.browser-failed', 'sign-in.loopback-unavailable']);

const codes = Object.keys(faultTable).filter((code) => /^(?:sign-in|token|service)\./.test(code));
const paramsOf = (code: string): Record<string, string | number> => ({
  ...(own.get(code) ?? (code.startsWith('service.') || local.has(code) ? network : refusal)),
  ...(code === 'token.clock' ? { direction: 'ahead', unit: 'minutes', amount: 12 } : {}),
});

test.each(['en', 'fr', 'de'])('every refusal has its sentences (%s)', (lang) => {
  const texts: Record<string, string> = JSON.parse(readFileSync(new URL(`../../../assets/i18n/${lang}.json`, import.meta.url), 'utf8'));
  const sentences = codes.flatMap((code) =>
    [`fault.${code}`, `fault.${code}.fix`].map(
      (key) => [key, String(new IntlMessageFormat(texts[key] ?? '', lang).format(paramsOf(code)))] as const,
    ),
  );
  expect(sentences.filter(([, sentence]) => sentence.length < 12)).toEqual([]);
  expect(codes.length).toBeGreaterThan(40);
});

test('the clock says how far it is wrong', () => {
  const { 'fault.token.clock': text }: Record<string, string> = JSON.parse(
    readFileSync(new URL('../../../assets/i18n/en.json', import.meta.url), 'utf8'),
  );
  const say = (minutes: number | null) =>
    new IntlMessageFormat(text ?? '', 'en').format({ ...refusal, ...clockParams(minutes === null ? null : minutes * 60_000) });
  expect(say(1)).toContain('1 minute ahead of Microsoft’s');
  expect(say(-12)).toContain('12 minutes behind Microsoft’s');
  expect(say(119)).toContain('119 minutes ahead');
  expect(say(-120)).toContain('2 hours behind');
  expect(say(47 * 60)).toContain('47 hours ahead');
  expect(say(365 * 24 * 60)).toContain('365 days ahead');
  for (const unknown of [null, 0, 0.4, -0.4]) expect(say(unknown)).not.toMatch(/ahead|behind|minute/);
});
