import { join } from 'node:path';
import type { Services } from '../services/index.ts';
import { askServersDaily, findingPlace, findingText, lastAnswers, newlyFound, serverFindings, type ServerFinding } from '../watch/index.ts';
import type { Desktop } from './desktop-interface.ts';
import type { Emit } from './router.ts';

/** Days before the end at which a certificate in a server is told of. */
export const withinDays = 30;

/** What the findings say, whenever it was asked for. */
const said = (findings: readonly ServerFinding[]): string => JSON.stringify(findings.map(({ askedAt: _at, ...each }) => each));

export interface ServerNoticesOptions {
  /** Those in use: the real ones, or practice. */
  readonly services: () => Services;
  readonly practice: () => boolean;
  readonly desktop: Pick<Desktop, 'notify'>;
  readonly emit: Emit;
  /** Brings the window before the others. */
  readonly show: () => void;
}

export interface ServerNotices {
  /** Asks the servers that were not asked today, and tells what is newly found there. Never rejects. */
  look(): Promise<void>;
}

export function createServerNotices({ services, practice, desktop, emit, show }: ServerNoticesOptions): ServerNotices {
  return {
    look: async () => {
      const { servers, directory, texts, engine } = services();
      const { store, clock, log } = engine;
      const { t } = texts;
      try {
        // A policy of this computer, not a fault of any server.
        if (engine.policies.ForbidServers === true) return;
        const before = serverFindings(await lastAnswers(directory), store.list(), clock.now(), withinDays);
        const answers = await askServersDaily({ servers, directory, now: clock.now(), log });
        const findings = serverFindings(answers, store.list(), clock.now(), withinDays);
        // Also what is over: the list says both.
        if (said(findings) !== said(before)) emit('store:changed', null);
        const [first, ...more] = await newlyFound(findings, join(directory, 'servers-told.json'), log);
        if (first === undefined) return;
        desktop.notify({
          title: `${practice() ? `${t('app.practice.mark')} ` : ''}${findingPlace(first)}`,
          body: `${findingText(first, texts)}${more.length === 0 ? '' : ` ${t('watch.server.more', { count: more.length })}`}`,
          clicked: () => {
            show();
            if (first.credential !== null) emit('credential:show', { credential: first.credential });
          },
        });
      } catch (error) {
        log.warn('servers.not-looked', { cause: error });
      }
    },
  };
}
