import { beforeEach, describe, expect, it } from 'vitest';
import { newForm, type Form } from '../../../renderer/features/dialog/form.ts';
import { forgetDraft, keepDraft, readDraft, withDraft } from '../../../renderer/features/dialog/kept-draft.ts';
import { facts, settings } from '../../e2e/renderer/fake-bridge.ts';

const stored = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => stored.set(name, value) },
});

const base = newForm(settings);
const typed = (change: Partial<Form['draft']>, more: Partial<Form> = {}): Form => ({
  ...base,
  ...more,
  draft: { ...base.draft, ...change },
});

describe('a draft that is kept', () => {
  beforeEach(() => stored.clear());

  it('is what differs from what the dialog began with, and nothing where nothing does', () => {
    keepDraft(false, base.draft, typed({ name: 'Contoso', custody: 'external', userSignIn: false, notes: 'a\nb' }));
    expect(readDraft(false, null)).toMatchObject({
      change: { name: 'Contoso', custody: 'external', userSignIn: false, notes: 'a\nb' },
      fromFile: false,
    });
    const begun = newForm({ ...settings, fqdn: 'other.example.com' });
    const kept = readDraft(false, null);
    expect(kept === null ? null : withDraft(begun, kept).draft).toMatchObject({ name: 'Contoso', fqdn: 'other.example.com' });
    keepDraft(false, base.draft, base);
    expect(readDraft(false, null)).toBeNull();
  });

  it('holds no certificate, and says where one came from a file', () => {
    const slot = { kind: 'new', certificate: '44444444-4444-4444-8444-444444444444', facts } as const;
    keepDraft(false, base.draft, typed({ custody: 'keyring' }, { certificates: { keyring: slot, external: { kind: 'none' } } }));
    expect(readDraft(false, null)?.fromFile).toBe(false);
    keepDraft(
      false,
      base.draft,
      typed({ custody: 'keyring' }, { certificates: { keyring: { ...slot, chain: 0 }, external: { kind: 'none' } } }),
    );
    expect(readDraft(false, null)?.fromFile).toBe(true);
    expect([...stored.values()].join('')).not.toMatch(new RegExp(`${facts.thumbprint}|${slot.certificate}`));
  });

  it('is one for each credential, apart in practice, and the oldest go', () => {
    const edit = (id: string, name: string) => keepDraft(false, { ...base.draft, id }, typed({ id, name }));
    keepDraft(true, base.draft, typed({ name: 'Practice' }));
    expect(readDraft(false, null)).toBeNull();
    for (let count = 0; count < 25; count += 1) edit(`id-${count}`, `Name ${count}`);
    expect(readDraft(false, 'id-24')?.change).toEqual({ name: 'Name 24' });
    expect(Object.keys(JSON.parse(stored.get('dialog.drafts') ?? '{}') as object)).toHaveLength(20);
    forgetDraft(false, 'id-24');
    expect(readDraft(false, 'id-24')).toBeNull();
    expect(readDraft(true, null)?.change.name).toBe('Practice');
  });

  it.each([
    '{',
    '[]',
    'null',
    '{"new":1}',
    '{"new":{"at":"never","change":{},"fromFile":false}}',
    '{"new":{"at":"2026-11-30T10:00:00Z","change":{"name":1},"fromFile":false}}',
    '{"new":{"at":"2026-11-30T10:00:00Z","change":{"id":"x"},"fromFile":false}}',
    '{"new":{"at":"2026-11-30T10:00:00Z","change":{"cloud":"moon"},"fromFile":false}}',
  ])('that does not look as expected is forgotten: %s', (text) => {
    stored.set('dialog.drafts', text);
    expect(readDraft(false, null)).toBeNull();
  });
});
