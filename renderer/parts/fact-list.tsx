import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Fragment, type ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, 170px) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    alignItems: 'center',
  },
  name: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', hyphens: 'auto' },
  value: { margin: 0, minHeight: '24px', display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  text: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', userSelect: 'text' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** Offered for copying, and shown in a fixed width. */
  readonly copy?: string;
}

/** Names and values, those worth it with a copy button. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(({ name, value, copy }) => (
        <Fragment key={name}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <span className={mergeClasses(styles.text, copy !== undefined && styles.mono)}>{value}</span>
            {copy === undefined ? null : <CopyButton what={name} text={copy} />}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
