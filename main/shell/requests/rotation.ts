import type { Lifetime } from '../../certificates/index.ts';
import { checkLifetime } from '../../credential/fields/index.ts';
import { markUsedHereOnly, rotateExternal } from '../../registration/index.ts';
import { Fault } from '../../faults.ts';
import { defaultWithinDays, rotationTask } from '../../registration/certificates/due.ts';
import { rotate, rotateBack } from '../../registration/index.ts';
import type { Handlers } from '../router.ts';
import type { ChosenCertificates } from './chosen-certificates.ts';
import type { RequestContext } from './context.ts';
import type { Runs } from './runs.ts';
import { silentRun } from './silent-run.ts';
import { credentialRow, reportView } from './views.ts';

/** Ten years: longer than any certificate lives. */
const mostDays = 3650;

/** Days as typed; null = as it was. @throws Fault('rotation.overlap-invalid') */
function daysTyped(typed: string): number | null {
  const text = typed.trim();
  if (text === '') return null;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days <= mostDays)) throw new Fault('rotation.overlap-invalid', { params: { typed: text, most: mostDays } });
  return days;
}

/** Of a new certificate as typed; left out where it is to live as long as the old one. @throws the fault of the field */
function lifetimeTyped(typed: string, now: Date): { readonly lifetime?: Lifetime } {
  if (typed.trim() === '') return {};
  const check = checkLifetime(typed, now);
  if (!check.ok) throw check.fault;
  return { lifetime: check.value };
}

/** Requests about the replacement of certificates. */
export function createRotationHandlers(
  context: RequestContext,
  runs: Runs,
  chosen: ChosenCertificates,
  changed: <T>(value: T) => T,
): Pick<Handlers, 'handover:used-here-only' | 'rotation:begin' | 'rotation:certificate' | 'rotation:roll-back'> {
  const engine = () => context.services().engine;
  return {
    'handover:used-here-only': ({ id }) => Promise.resolve(changed(credentialRow(markUsedHereOnly(engine(), id), engine()))),
    'rotation:begin': ({ id, overlapDays: typed, lifetime = '' }) => {
      const record = engine().store.find(id);
      const overlapDays = daysTyped(typed);
      const wished = lifetimeTyped(lifetime, engine().clock.now());
      const task = rotationTask(record, engine().clock.now(), { asked: true, withinDays: defaultWithinDays });
      if (record.custody === 'external' && task === 'begin') {
        const run = runs.begin((how, { certificate }) => rotateExternal(engine(), { credential: id, certificate, overlapDays }, how), {
          wantsCertificate: true,
        });
        return Promise.resolve({ run });
      }
      const request = {
        credential: id,
        asked: true,
        withinDays: defaultWithinDays,
        unattended: false,
        overlapDays,
        handOut: null,
        ...wished,
      };
      return Promise.resolve({ run: runs.begin((how) => rotate(engine(), request, how)) });
    },
    'rotation:certificate': ({ run, certificate }) => {
      runs.giveCertificate(run, chosen.take(certificate).certificate);
      return Promise.resolve(null);
    },
    'rotation:roll-back': async ({ id }) => {
      return changed(reportView(await rotateBack(engine(), id, silentRun(context)), engine()));
    },
  };
}
