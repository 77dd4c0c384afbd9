import { makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../bridge/texts.tsx';
import { CopyButton } from './copy-button.tsx';
import type { CredentialRow } from '../../preload/contract.ts';
import { groupedThumbprint } from './thumbprint.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, max-content) 1fr',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    alignItems: 'center',
  },
  pair: { display: 'contents' },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  hex: { fontSize: tokens.fontSizeBase200, fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', userSelect: 'text' },
});

export type CertificateFacts = NonNullable<CredentialRow['certificate']>;

/** What a certificate is, to be compared by eye with what another program shows. */
export function CertificateFactsList({ facts }: { readonly facts: CertificateFacts }) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const thumbprints = [
    [t('dialog.details.thumbprint'), facts.thumbprint],
    [t('dialog.details.thumbprint-sha256'), facts.thumbprintSha256],
    [t('dialog.details.x5t'), facts.x5t],
  ] as const;
  const others = [
    [t('dialog.details.from'), date(facts.notBefore)],
    [t('dialog.details.until'), date(facts.notAfter)],
    [t('dialog.details.key'), t('dialog.details.key.rsa', { bits: String(facts.keySize) })],
    [t('dialog.details.subject'), facts.subject],
  ] as const;
  return (
    <dl className={styles.list}>
      {thumbprints.map(([name, value]) => (
        <div key={name} className={styles.pair}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <span className={styles.hex}>{value === facts.x5t ? value : groupedThumbprint(value)}</span>
            <CopyButton what={name} text={value} />
          </dd>
        </div>
      ))}
      {others.map(([name, value]) => (
        <div key={name} className={styles.pair}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
