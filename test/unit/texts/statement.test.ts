import { describe, expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { createTexts, type Statement } from '../../../main/texts/index.ts';
import { evidenceText } from '../../../main/registration/describe.ts';
import { checkTitle } from '../../../main/registration/verify/checks/index.ts';

describe('what is stored as data', () => {
  const { say } = createTexts('en');
  const twice: Statement = { code: 'check.key-credential.twice', params: { thumbprint: 'A1', count: 2 } };

  it('is said in each language', () => {
    expect(say(twice)).toBe('The certificate A1 is in the application 2 times.');
    expect(createTexts('de').say(twice)).toMatch(/A1.*2-mal/);
  });

  it('is of a fault what happened and what to do', () => {
    const { code, params } = new Fault('token.refused', { params: { number: 'AADSTS1', detail: 'no dot' } });
    expect(say({ code: `fault.${code}`, params })).toMatch(/^Microsoft refused a token \(AADSTS1\): no dot\. Follow /);
  });

  it('is the text it is where an earlier version stored it', () => {
    expect(createTexts('fr').say('Enabled.')).toBe('Enabled.');
    expect(evidenceText({ evidence: 'Run this:\nGet-Nothing' }, createTexts('de'))).toBe('Run this:\nGet-Nothing');
  });

  it('does not fail for want of a value or of a text', () => {
    expect(say({ code: 'check.token.roles-missing', params: {} })).toContain('–');
    expect(say({ code: 'check.of-another-version' as Statement['code'], params: {} })).toBe('check.of-another-version');
    expect(checkTitle('of-another-version', createTexts('en'))).toBe('of-another-version');
    expect(checkTitle('logout-url', createTexts('en'))).toBe('Front-channel logout URL empty');
  });

  it('is one line, and after it the commands', () => {
    const evidence: Statement = { code: 'check.token.roles-missing', params: { roles: 'a\r\n  b' } };
    expect(evidenceText({ evidence, script: 'one\ntwo' }, createTexts('en'))).toBe(
      'A token was issued, but without these roles: a ↵ b\none\ntwo',
    );
  });
});
