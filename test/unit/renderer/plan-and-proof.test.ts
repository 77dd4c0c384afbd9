import { describe, expect, it } from 'vitest';
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import { createTexts } from '../../../renderer/bridge/translate.ts';
import { groupPlan, reachedLines, reachedOf } from '../../../renderer/run/plan-groups.ts';
import type { Line } from '../../../renderer/run/lines.ts';
import { isUnfinished } from '../../../renderer/features/state/unfinished.ts';
import { planText } from '../../../renderer/run/plan-text.ts';
import { reportText } from '../../../renderer/features/proof/report-text.ts';
import { outcomeOf } from '../../../renderer/features/manager/verification-outcome.ts';
import { toneOf, verdictOf } from '../../../renderer/features/proof/verdict.ts';
import { findings, plan, report, row, script, tenantId } from '../../e2e/renderer/fake-bridge.ts';

const texts = createTexts('en', en, ['en']);
const { t } = texts;

describe('a plan', () => {
  it('is shown by what its changes belong to; nothing is left out and unknown steps come last', () => {
    const unknown = { change: 'x', step: 'G99', reason: 'Something new', removes: false, name: '', note: '' };
    const grouped = groupPlan([unknown, ...plan]);
    expect(grouped.map(({ group, items }) => [group, items.length])).toEqual([
      ['registration', 1],
      ['certificate', 1],
      ['sign-in', 2],
      ['permissions', 2],
      ['other', 1],
    ]);
    expect(groupPlan([])).toEqual([]);
  });

  it('is copied with tenant, account, signs and findings', () => {
    const removing = { change: 'revoke-role', step: 'consent', reason: 'Revoke', removes: true, name: '', note: '' };
    const text = planText(
      {
        tenant: { id: tenantId, displayName: 'Contoso', defaultDomain: 'contoso.com' },
        username: 'admin@contoso.com',
        mayConsent: true,
        plan: [...plan, removing],
        findings,
        hash: '',
      },
      texts,
    );
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'What will change in Contoso',
        `${tenantId} · admin@contoso.com`,
        '- Consent: Revoke',
        `· ${findings[0]?.text}`,
      ]),
    );
  });
});

describe('a plan that is applied', () => {
  const line = (index: number, outcome: Line['outcome'], attempts?: number): Line => {
    const { step = '', reason = '', name = '' } = plan[index] ?? {};
    return {
      step,
      text: outcome === 'refused' ? `${reason} – not permitted` : reason,
      outcome,
      name,
      ...(attempts === undefined ? {} : { attempts }),
    };
  };
  const reached = (...lines: Line[]) => {
    const done = reachedLines(plan, lines);
    const next = plan.find((each) => !done.has(each));
    return groupPlan(plan).flatMap(({ items }) => items.map((item) => [item.text.slice(0, 14), reachedOf(item, done, next)]));
  };

  it('says of each thing whether it is done, being done or refused; what is added and granted is done with both', () => {
    expect(reached(line(0, 'done'), line(1, 'done', 3), line(2, 'done'), line(3, 'done'), line(4, 'done'))).toEqual([
      ['Contoso archiv', 'done'],
      ['A94F12C08D3341', 'done'],
      ['https://mailst', 'done'],
      ['ID tokens', 'done'],
      ['Directory.Read', 'open'],
      ['full_access_as', 'doing'],
    ]);
    expect(reached(line(4, 'done'), line(6, 'refused')).find(([text]) => text === 'Directory.Read')).toEqual(['Directory.Read', 'refused']);
  });

  it('is told by its sentence where it has no name', () => {
    const [first] = plan;
    const unnamed = { ...first, change: 'x', step: 'consent', reason: 'Revoke it', removes: true, name: '', note: '' };
    const done = reachedLines([unnamed], [{ step: 'consent', text: 'Revoke it – not permitted', outcome: 'refused' }]);
    expect(done.get(unnamed)?.outcome).toBe('refused');
    expect(groupPlan([unnamed]).map(({ group }) => group)).toEqual(['removes']);
  });
});

describe('the verdict', () => {
  const inState = (state: typeof row.state, custody: typeof row.custody = 'keyring') =>
    verdictOf({ ...report, credential: { ...row, state, custody } }, { list: (items) => items.join(', ') });

  it('counts what was proven and what was not', () => {
    const { key, params } = inState('set-up');
    const [left] = report.proof?.checks.filter(({ result }) => result === 'not-testable') ?? [];
    expect(t(key, params)).toBe(`Contoso is set up. One thing is left: ${left?.name}.`);
  });

  it('is that nothing could be tested where nothing was, whatever was known before, and counts it as not proven', () => {
    const checks = report.proof?.checks.map((check) => ({ ...check, result: 'not-testable' as const })) ?? [];
    const untested = { ...report, credential: { ...row, state: 'proven' as const }, proof: { ok: true, state: 'proven' as const, checks } };
    expect(verdictOf(untested, { list: String }).key).toBe('setup.proof.untested');
    expect(toneOf(untested)).toBe('unknown');
    expect(outcomeOf(untested)).toBe('untested');
  });

  it('counts as proven what is proven, and as bad what failed', () => {
    const counted = (state: typeof row.state) => outcomeOf({ ...report, credential: { ...row, state } });
    expect([counted('proven'), counted('set-up'), counted('confirmed'), counted('needs-attention')]).toEqual([
      'proven',
      'untested',
      'untested',
      'bad',
    ]);
    expect(toneOf({ ...report, credential: { ...row, state: 'set-up' } })).toBe('open');
  });

  it('never calls connected what only MailStore can prove', () => {
    expect(inState('set-up', 'external').key).toBe('setup.proof.external');
    expect(inState('confirmed', 'external').key).toBe('setup.proof.external');
  });

  it.each(['waiting-certificate', 'waiting-consent', 'waiting-replication', 'needs-attention', 'never-checked'] as const)(
    'is not green while it is %s',
    (state) => {
      expect(toneOf({ ...report, credential: { ...row, state } })).not.toBe('good');
      const { key, params } = inState(state);
      expect(t(key, params)).not.toContain('connected');
    },
  );
});

describe('what is left in the server', () => {
  const row0 = { ...row, handover: null };
  it.each([
    ['is set up', {}, true],
    ['is proven, and nobody has handed it over', { state: 'proven' }, true],
    ['waits for the certificate of the server', { custody: 'external', certificate: null, state: 'waiting-certificate' }, true],
    ['waits for consent, which somebody else gives', { state: 'waiting-consent' }, true],
    ['is confirmed', { handover: { confirmedAt: '2026-11-24T11:00:00Z', by: 'x', thumbprint: row.certificate?.thumbprint ?? '' } }, false],
    ['is not registered', { clientId: null }, false],
    ['is used here only', { state: 'proven', usedHereOnly: true }, false],
    ['needs attention first', { state: 'needs-attention' }, false],
  ] as const)('of a credential that %s', (_, change, unfinished) => {
    expect(isUnfinished({ ...row0, ...change })).toBe(unfinished);
  });
});

describe('a report', () => {
  it('is copied with ids, every result and every evidence', () => {
    const text = reportText(report, t);
    for (const { name, result } of report.proof?.checks ?? [])
      expect(text).toContain(`${name}: ${result === 'passed' ? 'passed' : 'not testable here'}`);
    expect(text).toContain(row.clientId ?? '?');
    expect(text.replaceAll('\n  ', '\n')).toContain(script);
  });
});
