import { describe, expect, it } from 'vitest';
import { settled, type AuditEntry, type AuditPhase } from '../../../main/audit/index.ts';

const entry = (phase: AuditPhase, of: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 1,
  at: '2026-11-24T09:30:00.000Z',
  operation: 'connect',
  credentialId: 'Contoso',
  tenantId: '',
  actor: 'admin',
  phase,
  step: 'consent',
  change: 'grant-role',
  target: null,
  detail: {},
  correlationId: null,
  ...of,
});

describe('the trail as it is read', () => {
  it('leaves out what was announced and then done, and keeps an announcement that stands alone', () => {
    const alone = entry('intent', { change: 'add-key-credential' });
    const done = entry('done');
    const elsewhere = entry('intent', { credentialId: 'Fabrikam' });
    expect(settled([entry('intent'), elsewhere, done, alone])).toEqual([alone, done, elsewhere]);
  });

  it('counts each outcome against one announcement only', () => {
    const second = entry('intent');
    expect(settled([entry('intent'), second, entry('failed')])).toEqual([entry('failed'), second]);
  });

  it('takes the outcome of one run for no announcement of another', () => {
    const interrupted = entry('intent', { operation: 'connect' });
    const repaired = entry('done', { operation: 'repair' });
    expect(settled([interrupted, entry('intent', { operation: 'repair' }), repaired])).toEqual([repaired, interrupted]);
  });
});
