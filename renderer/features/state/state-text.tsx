import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleHalfFillRegular,
  CircleHintRegular,
  ClockRegular,
  ErrorCircleFilled,
  PersonAvailableRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { BusySpinner } from '../../parts/busy-spinner.tsx';
import type { CredentialRow } from '../../../preload/contract.ts';

type State = CredentialRow['state'];

const useStyles = makeStyles({
  // Whatever stands beside it gives way first.
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0, maxWidth: '100%', flexShrink: 0 },
  icon: { display: 'inline-flex', flexShrink: 0, fontSize: tokens.fontSizeBase400 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  good: { color: tokens.colorStatusSuccessForeground2 },
  word: { color: tokens.colorNeutralForeground2 },
  // Nothing is wrong, and something is to be done.
  open: { color: tokens.colorBrandForeground1 },
  bad: { color: tokens.colorStatusDangerForeground3 },
});

const looks: Readonly<Record<State, { readonly icon: ReactElement; readonly tone: 'good' | 'word' | 'open' | 'bad' }>> = {
  proven: { icon: <CheckmarkCircleFilled />, tone: 'good' },
  'set-up': { icon: <CircleHalfFillRegular />, tone: 'open' },
  // The administrator's word: never shown like proven.
  confirmed: { icon: <PersonAvailableRegular />, tone: 'word' },
  'waiting-certificate': { icon: <ClockRegular />, tone: 'word' },
  'waiting-consent': { icon: <ClockRegular />, tone: 'word' },
  'waiting-replication': { icon: <ClockRegular />, tone: 'word' },
  'needs-attention': { icon: <ErrorCircleFilled />, tone: 'bad' },
  'never-checked': { icon: <CircleHintRegular />, tone: 'word' },
};

export interface StateTextProps {
  readonly state: State;
  readonly text: string;
  readonly busy?: boolean;
  /** A date comes that it does not outlast, or its server needs attention: it is not shown as all well. */
  readonly ending?: boolean;
}

/** A credential's state: icon and words, the colour says nothing that they do not. */
export function StateText({ state, text, busy = false, ending = false }: StateTextProps) {
  const styles = useStyles();
  const { icon, tone: own } = looks[state];
  const tone = busy || (ending && own === 'good') ? 'word' : own;
  return (
    <span className={mergeClasses(styles.state, styles[tone])} data-tone={tone}>
      <span className={styles.icon} aria-hidden>
        {busy ? <BusySpinner size="extra-tiny" /> : icon}
      </span>
      <span className={styles.text}>{text}</span>
    </span>
  );
}
