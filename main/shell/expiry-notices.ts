import { join } from 'node:path';
import type { Services } from '../services/index.ts';
import { newlyExpiring, type Expiring } from '../watch/index.ts';
import type { Desktop } from './desktop-interface.ts';
import type { Emit } from './router.ts';

/** So many are told one by one, the most urgent first; a list of hundreds would fill the screen with them. */
const mostSingly = 3;

export interface ExpiryNoticesOptions {
  /** Those in use: the real ones, or practice. */
  readonly services: () => Services;
  readonly practice: () => boolean;
  readonly desktop: Pick<Desktop, 'notify'>;
  readonly emit: Emit;
  /** Brings the window before the others. */
  readonly show: () => void;
}

export interface ExpiryNotices {
  /** Tells what has newly come to a step of its last days. Never rejects. */
  look(): Promise<void>;
}

export function createExpiryNotices({ services, practice, desktop, emit, show }: ExpiryNoticesOptions): ExpiryNotices {
  const mark = (t: Services['texts']['t']) => (practice() ? `${t('app.practice.mark')} ` : '');

  function tell({ record, certificate, superseded, step, days }: Expiring, { texts }: Services): void {
    const { t } = texts;
    const { id: credential, name, tenantName } = record;
    const { notAfter } = certificate;
    const params = { tenant: tenantName, date: texts.date(new Date(notAfter)) };
    desktop.notify({
      title: `${mark(t)}${t('expiry.title', { name, days })}`,
      body: superseded ? t('expiry.superseded', params) : t(step === 0 ? 'expiry.ended' : 'expiry.ends', params),
      clicked: () => {
        show();
        emit('credential:show', { credential });
      },
    });
  }

  /** The rest in one: where there is more to be seen than notices can say, the list says it. */
  function tellTogether(rest: readonly Expiring[], { texts: { t } }: Services): void {
    const names = rest.map(({ record }) => record.name);
    desktop.notify({
      title: `${mark(t)}${t('expiry.more.title', { count: rest.length })}`,
      body: t('expiry.more', { names: names.slice(0, mostSingly).join(', '), others: Math.max(0, names.length - mostSingly) }),
      clicked: show,
    });
  }

  return {
    look: async () => {
      const inUse = services();
      const { store, clock, log } = inUse.engine;
      try {
        const fresh = await newlyExpiring(store.list(), clock.now(), join(inUse.directory, 'expiry-told.json'), log);
        for (const { record, certificate, step } of fresh)
          emit('expiry', { credential: record.id, name: record.name, step, notAfter: certificate.notAfter });
        const urgent = fresh.toSorted((one, other) => one.days - other.days);
        // One more is told by itself rather than as "1 more".
        const singly = urgent.length <= mostSingly + 1 ? urgent.length : mostSingly;
        for (const each of urgent.slice(0, singly)) tell(each, inUse);
        if (singly < urgent.length) tellTogether(urgent.slice(singly), inUse);
      } catch (error) {
        log.warn('expiry.not-looked', { cause: error });
      }
    },
  };
}
