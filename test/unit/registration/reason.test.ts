import en from '../../../assets/i18n/en.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import type { Check, CredentialRecord } from '../../../main/credential/index.ts';
import { attentionReason } from '../../../main/registration/verify/reason.ts';
import { createTexts } from '../../../main/texts/index.ts';

const texts = createTexts('en');
const of = (state: CredentialRecord['state'], ...checks: Check[]) =>
  attentionReason({ state, proof: { ok: false, state, checks, at: '2026-11-24T09:30:00.000Z' } }, texts);
const passed: Check = { check: 'redirect-uri', result: 'passed', evidence: { code: 'check.redirect-uri.passed', params: { uri: 'x' } } };

describe('the reason beside a state', () => {
  it('is the first failed check in a few words, with Microsoft’s number', () => {
    const expired: Check = {
      check: 'token-graph',
      result: 'failed',
      evidence: { code: 'fault.token.key-expired', params: { number: 'AADSTS700027' } },
    };
    const missing: Check = {
      check: 'redirect-uri',
      result: 'failed',
      evidence: { code: 'check.redirect-uri.missing', params: { uri: 'x', found: '' } },
    };
    expect(of('needs-attention', passed, expired, missing)).toBe('certificate expired (AADSTS700027)');
    expect(of('needs-attention', missing, expired)).toBe('redirect URI missing');
  });

  it('is the name of the check where nothing shorter is known: an earlier version’s sentence, a number without words', () => {
    expect(of('needs-attention', { check: 'roles-granted', result: 'failed', evidence: 'Not granted: x' })).toBe('Admin consent');
    const strange: Check = {
      check: 'token-graph',
      result: 'failed',
      evidence: { code: 'fault.token.refused', params: { number: 'AADSTS999999', detail: 'x' } },
    };
    expect(of('needs-attention', strange)).toBe('Token for Microsoft Graph with this key (AADSTS999999)');
  });

  it('is nothing where nothing is wrong, or nothing is known', () => {
    const failed: Check = { check: 'redirect-uri', result: 'failed', evidence: 'x' };
    expect(of('set-up', failed)).toBeNull();
    expect(of('needs-attention', passed)).toBeNull();
    expect(attentionReason({ state: 'needs-attention', proof: null }, texts)).toBeNull();
  });

  it('has words in every language, of a code that exists', () => {
    for (const language of ['en', 'fr', 'de'] as const) {
      const { has } = createTexts(language);
      for (const key of Object.keys(en).filter((each) => each.startsWith('reason.')))
        expect([language, key, has(key), has(key.slice('reason.'.length))]).toEqual([language, key, true, true]);
    }
  });
});
