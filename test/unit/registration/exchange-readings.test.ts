import { describe, expect, it } from 'vitest';
import { createEwsLosses, createEwsSwitches } from '../../../main/registration/exchange-readings.ts';
import type { EwsSwitch } from '../../../main/registration/exchange-result.ts';
import type { CheckContext } from '../../../main/registration/verify/check-rule.ts';
import { ewsAllowed } from '../../../main/registration/verify/checks/ews-allowed.ts';
import { clouds } from '../../../main/clouds/index.ts';
import { testDatabase } from '../vault/samples.ts';

const tenantId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
const clientId = '7b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
const other = '8b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
const read = (source: string, enabled: boolean | null = true, allowed: readonly string[] | null = null): EwsSwitch => ({
  tenantId,
  enabled,
  allowed,
  source,
});

describe('what a move from EWS would cost a tenant', () => {
  const found = { tenantId, archives: ['a@contoso.example'], publicFolders: 2, withoutImap: [] };

  it('is kept by tenant, the newest, and counts for nothing where its row cannot be read', () => {
    const database = testDatabase();
    const losses = createEwsLosses(database);
    const [older, newer] = [
      { ...found, at: '2026-11-29T12:00:00.000Z' },
      { ...found, archives: [], at: '2026-11-30T12:00:00.000Z' },
    ];
    expect([losses.keep(newer), losses.keep(older), losses.of(tenantId.toUpperCase()), losses.of(other)]).toEqual([
      newer,
      newer,
      newer,
      null,
    ]);
    database.write((connection) => connection.exec(`UPDATE ews_losses SET document = json_set(document, '$.publicFolders', 'some')`));
    expect(losses.of(tenantId)).toBeNull();
  });
});

describe('what was read of a tenant’s switch', () => {
  it('is kept by tenant, the newest, whatever order the results come in', () => {
    const switches = createEwsSwitches(testDatabase());
    const [older, newer] = [read('2026-11-29T12:00:00.000Z', null), read('2026-11-30T12:00:00.000Z', true, [clientId])];
    expect(switches.of(tenantId)).toBeNull();
    expect([switches.keep(newer), switches.keep(older)]).toEqual([newer, newer]);
    expect([switches.of(tenantId.toUpperCase()), switches.of(other)]).toEqual([newer, null]);
    expect(switches.keep(read('2026-11-30T12:00:00.000Z', false))).toMatchObject({ enabled: false });
  });

  it('counts for nothing where its row cannot be read', () => {
    const database = testDatabase();
    const switches = createEwsSwitches(database);
    switches.keep(read('2026-11-30T12:00:00.000Z'));
    database.write((connection) => connection.exec(`UPDATE ews_switch SET document = json_set(document, '$.enabled', 'maybe')`));
    expect(switches.of(tenantId)).toBeNull();
  });

  it.each<[EwsSwitch | null, string | undefined, boolean]>([
    [null, undefined, true],
    [read('2026-11-30T12:00:00.000Z', false, [clientId]), 'off', true],
    [read('2026-11-30T12:00:00.000Z', null), 'unset', true],
    [read('2026-11-30T12:00:00.000Z'), 'open', true],
    [read('2026-11-30T12:00:00.000Z', true, [other]), 'missing', true],
    [read('2026-11-30T12:00:00.000Z', true, [other, clientId]), 'listed', false],
  ])('is told in the proof with its day, and never passes: %#', (ewsSwitch, found, scripted) => {
    const run = { record: { clientId: clientId.toUpperCase() }, cloud: clouds.global, ewsSwitch };
    const { result, evidence, script } = ewsAllowed.validate({ run, evidence: { mail: null } } as unknown as CheckContext);
    expect(result).toBe('not-testable');
    expect(evidence).toEqual(
      found === undefined
        ? { code: 'check.ews-allowed.not-testable', params: {} }
        : { code: 'check.ews-allowed.read', params: { when: '2026-11-30', found } },
    );
    expect(script !== undefined).toBe(scripted);
  });
});
