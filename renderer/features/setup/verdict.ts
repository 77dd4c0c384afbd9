import type { ReportView } from '../../../preload/contract.ts';
import type { TextKey } from '../../app/texts.tsx';

type State = ReportView['credential']['state'];

/** One sentence on the proof: what was proven, and never more than that. */
export interface Verdict {
  readonly key: TextKey;
  readonly params: Readonly<Record<string, string | number>>;
}

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
export function verdictOf({ credential, proof }: ReportView): Verdict {
  const { state, custody, tenantName, name } = credential;
  const count = (result: string) => proof?.checks.filter((check) => check.result === result).length ?? 0;
  const params = { tenant: tenantName || name, passed: count('passed'), failed: count('failed'), untestable: count('not-testable') };
  const external = custody === 'external' && (state === 'set-up' || state === 'confirmed');
  return { key: external ? 'setup.proof.external' : keys[state], params };
}

export function toneOf(state: State): 'good' | 'bad' | 'waiting' {
  switch (state) {
    case 'proven':
    case 'set-up':
    case 'confirmed':
      return 'good';
    case 'needs-attention':
      return 'bad';
    case 'waiting-certificate':
    case 'waiting-consent':
    case 'waiting-replication':
    case 'never-checked':
      return 'waiting';
    default: {
      const never: never = state;
      return never;
    }
  }
}
