import { clouds } from '../../clouds/index.ts';
import { clockParams } from '../../identity/clock-difference.ts';
import type { Step } from '../../servers/index.ts';
import type { Texts } from '../../texts/index.ts';
import { keyUseText } from '../certificates/key-use.ts';
import type { Progress } from '../engine.ts';
import { planLine } from './report.ts';

/** One line about what is happening, for people. */
export interface ProgressLine {
  /** Empty where it is none of the steps. */
  readonly step: Step | '';
  readonly text: string;
  /** `waiting` and `doing` pass; `done` and `refused` stay. */
  readonly outcome: 'doing' | 'done' | 'refused' | 'waiting';
}

export function progressLine(event: Progress, texts: Texts): ProgressLine {
  const { t } = texts;
  switch (event.kind) {
    case 'waiting-for-lease': {
      const { user, host, program, process } = event.lease.owner;
      return { step: '', text: t('progress.waiting-for-lease', { user, host, program, process }), outcome: 'waiting' };
    }
    case 'signing-in':
      return { step: 'sign-in', text: t('progress.signing-in'), outcome: 'waiting' };
    case 'signed-in': {
      const who = t('progress.signed-in', { username: event.username, tenant: event.tenantId });
      const clock = clockParams(event.clockDifference);
      const lines = [
        who,
        ...(event.mayConsent ? [] : [t('progress.may-not-consent')]),
        ...(clock.direction === 'unknown' ? [] : [t('progress.clock', clock)]),
      ];
      return { step: 'sign-in', text: lines.join('\n'), outcome: 'done' };
    }
    case 'reading':
      return { step: '', text: t('progress.reading'), outcome: 'doing' };
    case 'creating-certificate':
      return { step: 'certificate', text: t('progress.creating-certificate', { keySize: event.keySize }), outcome: 'done' };
    case 'change': {
      const { step, reason } = planLine(event.planned, texts);
      return { step, text: event.outcome === 'refused' ? `${reason} – ${t('progress.refused')}` : reason, outcome: event.outcome };
    }
    case 'pause': {
      const seconds = Math.ceil(event.ms / 1000);
      return { step: '', text: t(`progress.pause.${event.waitingFor}`, { seconds }), outcome: 'waiting' };
    }
    case 'registration-exported':
      return { step: '', text: t('progress.registration-exported', { path: event.path }), outcome: 'done' };
    case 'key-use':
      return { step: '', text: keyUseText(event.use, texts), outcome: 'done' };
    case 'verifying':
      return { step: '', text: t('progress.verifying'), outcome: 'doing' };
    case 'consent-removed':
      return { step: 'sign-out', text: t('progress.consent-removed', { scopes: event.scopes.join(', ') }), outcome: 'done' };
    case 'signed-out': {
      const { authority, portal } = clouds[event.cloud];
      const logout = `${authority}/${event.tenantId}/oauth2/v2.0/logout`;
      const adminCenter = portal ?? t('progress.admin-center');
      return {
        step: 'sign-out',
        text: t('progress.signed-out', { username: event.username, logout, portal: adminCenter }),
        outcome: 'done',
      };
    }
    default: {
      const never: never = event;
      return never;
    }
  }
}
