import type { ReportView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { Texts } from '../../bridge/translate.ts';

type State = ReportView['credential']['state'];

/** One sentence on the proof: what was proven, and never more than that. */
export interface Verdict {
  readonly key: TextKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Whether nothing could be tested: what was known before stands. */
export const isUntested = (proof: ReportView['proof']): boolean =>
  proof !== null && proof.checks.every(({ result }) => result === 'not-testable');

const keys: Readonly<Record<State, TextKey>> = {
  proven: 'setup.proof.proven',
  'set-up': 'setup.proof.set-up',
  confirmed: 'setup.proof.set-up',
  'waiting-certificate': 'setup.proof.waiting-certificate',
  'waiting-consent': 'setup.proof.waiting-consent',
  'waiting-replication': 'setup.proof.waiting-replication',
  'needs-attention': 'setup.proof.needs-attention',
  'never-checked': 'setup.proof.never-checked',
};

/** With the server's own key nothing was signed for here, so nothing is called connected. */
export function verdictOf({ credential, proof }: ReportView, { list }: Pick<Texts, 'list'>): Verdict {
  const { state, custody, tenantName, name } = credential;
  const count = (result: string) => proof?.checks.filter((check) => check.result === result).length ?? 0;
  if (isUntested(proof)) return { key: 'setup.proof.untested', params: {} };
  const left = proof?.checks.filter((check) => check.result === 'not-testable').map((check) => check.name) ?? [];
  const params = {
    tenant: tenantName || name,
    passed: count('passed'),
    failed: count('failed'),
    untestable: left.length,
    left: list(left),
  };
  const external = custody === 'external' && (state === 'set-up' || state === 'confirmed');
  return { key: external ? 'setup.proof.external' : keys[state], params };
}

/** `good` where everything was proven, `open` where nothing is wrong and something is left, `unknown` where nothing was seen. */
export type Tone = 'good' | 'open' | 'bad' | 'waiting' | 'unknown';

const tones: Readonly<Record<State, Tone>> = {
  proven: 'good',
  'set-up': 'open',
  confirmed: 'open',
  'needs-attention': 'bad',
  'waiting-certificate': 'waiting',
  'waiting-consent': 'waiting',
  'waiting-replication': 'waiting',
  'never-checked': 'unknown',
};

export const toneOf = ({ credential, proof }: Pick<ReportView, 'credential' | 'proof'>): Tone =>
  isUntested(proof) ? 'unknown' : tones[credential.state];
