import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desired } from '../../../main/registration/desired.ts';
import type { Observed, ObservedKeyCredential } from '../../../main/registration/observed.ts';
import { planKeyCredentials } from '../../../main/registration/plan/key-credentials.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { carriedOut } from './carried-out.ts';
import { at, desired, keyCredential, observedTenant } from './generated-tenant.ts';

const earlier = [
  keyCredential(randomBytes(32), '50000000-0000-4000-8000-000000000001', '2027-06-01T00:00:00Z'),
  keyCredential(randomBytes(32), '50000000-0000-4000-8000-000000000002', '2027-09-01T00:00:00Z'),
  keyCredential(randomBytes(32), '50000000-0000-4000-8000-000000000003', '2026-01-01T00:00:00Z'),
];
const hashes = (keys: readonly ObservedKeyCredential[]) => keys.map(({ thumbprintSha256 }) => thumbprintSha256 ?? '');

interface Case {
  readonly observed: Observed;
  readonly wanted: Desired;
  readonly retired: readonly ObservedKeyCredential[];
}

/** From when what is left of ours may go: never, later, or now. */
const mayGoFrom = fc.constantFrom(null, '2026-12-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z');
/** As `Desired` has it for one of them. */
const mayGo = ({ earlierMayGoFrom }: Desired, { thumbprintSha256 }: ObservedKeyCredential): string | null =>
  earlierMayGoFrom[thumbprintSha256 ?? ''] ?? null;
const idOf = ({ entry }: ObservedKeyCredential) => `leftover-key-credential:${entry.keyId}`;

/** A registered tenant in any state, with some of our earlier key credentials in it, some of which may go. */
const rotated: fc.Arbitrary<Case> = fc
  .record({
    observed: observedTenant.filter(({ application }) => application !== null),
    there: fc.subarray(earlier),
    retired: fc.subarray(earlier),
    predecessor: fc.option(fc.constantFrom(...earlier)),
    ticked: fc.subarray(earlier),
    earlierMayGoFrom: fc.record(Object.fromEntries(hashes(earlier).map((hash) => [hash, mayGoFrom]))),
  })
  .map(({ observed, there, retired, predecessor, ticked, earlierMayGoFrom }) => ({
    observed: {
      ...observed,
      application: observed.application && { ...observed.application, keyCredentials: [...observed.application.keyCredentials, ...there] },
    },
    wanted: {
      ...desired,
      earlierThumbprints: hashes(earlier),
      retiredThumbprints: hashes(retired),
      predecessorThumbprint: predecessor?.thumbprintSha256 ?? null,
      earlierMayGoFrom,
      accepted: ticked.map(idOf),
    },
    retired,
  }));

function settled({ observed, wanted }: Case): { readonly after: Observed; readonly rounds: number } {
  let after = observed;
  for (let rounds = 0; ; rounds += 1) {
    const { changes } = planKeyCredentials(wanted, after);
    if (changes.length === 0 || rounds > 3) return { after, rounds };
    after = carriedOut(
      after,
      changes.map(({ change }) => change),
    );
  }
}

const keysOf = ({ application }: Observed) => application?.keyCredentials ?? [];

describe('the plan of key credentials', () => {
  it('leaves nothing to do after it was applied, and changes nothing but key credentials', () => {
    fc.assert(
      fc.property(rotated, (each) => {
        const { after, rounds } = settled(each);
        expect(planKeyCredentials(each.wanted, after).changes).toEqual([]);
        expect(rounds).toBeLessThanOrEqual(2);
        expect({ ...after, application: { ...after.application, keyCredentials: [] } }).toEqual({
          ...each.observed,
          application: { ...each.observed.application, keyCredentials: [] },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('removes what was retired, and of the rest nothing that is foreign or still valid', () => {
    fc.assert(
      fc.property(rotated, (each) => {
        const after = hashes(keysOf(settled(each).after));
        const gone = new Set(hashes(each.retired));
        expect(after).toContain(desired.certificate?.thumbprintSha256);
        expect(after.filter((hash) => gone.has(hash))).toEqual([]);
        const { accepted } = each.wanted;
        const ticked = earlier.filter((key) => accepted.includes(idOf(key)) && (mayGo(each.wanted, key) ?? '9') <= at);
        const free = new Set([...gone, ...hashes(earlier.slice(2)), ...hashes(ticked)]);
        const kept = hashes(keysOf(each.observed)).filter((hash) => !free.has(hash));
        expect(after).toEqual(expect.arrayContaining(kept));
      }),
      { numRuns: 300 },
    );
  });

  it('removes nothing that is valid in the request that adds the current one', () => {
    fc.assert(
      fc.property(rotated, ({ observed, wanted }) => {
        const { changes } = planKeyCredentials(wanted, observed);
        if (!changes.some(({ change }) => change.change === 'add-key-credential')) return;
        const removed = changes.flatMap(({ change }) => (change.change === 'remove-key-credential' ? [change.keyId] : []));
        const valid = keysOf(observed).filter(({ endDateTime }) => Date.parse(endDateTime) >= Date.parse(observed.at));
        expect(valid.filter(({ entry }) => removed.includes(entry.keyId))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('tells every earlier certificate of ours that it leaves but the one that an open rotation replaces, and removes those that are ticked and may go', () => {
    fc.assert(
      fc.property(rotated, (each) => {
        const { after } = settled(each);
        const { predecessorThumbprint } = each.wanted;
        const open = (key: ObservedKeyCredential) =>
          key.thumbprintSha256 === predecessorThumbprint && key.endDateTime > at && (mayGo(each.wanted, key) ?? '9') > at;
        const left = keysOf(after).filter((key) => hashes(earlier).includes(key.thumbprintSha256 ?? '') && !open(key));
        const { findings } = planKeyCredentials(each.wanted, after);
        expect(
          findings
            .filter(({ finding }) => finding === 'leftover-key-credential')
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(left.map(idOf).toSorted());
        expect(findings.filter(({ id, acceptable }) => acceptable && each.wanted.accepted.includes(id))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is a part of the whole plan', () => {
    fc.assert(
      fc.property(rotated, ({ observed, wanted }) => {
        expect(planRegistration(wanted, observed).changes).toEqual(
          expect.arrayContaining([...planKeyCredentials(wanted, observed).changes]),
        );
      }),
    );
  });

  it('without an application says that it is missing, and plans nothing', () => {
    const [sample] = fc.sample(
      observedTenant.filter(({ application }) => application === null),
      1,
    );
    if (sample === undefined) throw new Error('no sample');
    expect(planKeyCredentials(desired, sample)).toMatchObject({
      changes: [],
      findings: [],
      obstacles: [{ code: 'registration.application-missing' }],
    });
  });
});
