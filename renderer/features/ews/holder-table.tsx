import { Badge, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentArrowDownRegular } from '@fluentui/react-icons';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { EwsTenant } from './ews-page.tsx';

const useStyles = makeStyles({
  frame: { overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse' },
  head: {
    textAlign: 'start',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  cell: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
    userSelect: 'text',
  },
  first: { minWidth: '200px' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  mark: { marginLeft: tokens.spacingHorizontalS, verticalAlign: 'text-bottom' },
  mono: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  permission: { display: 'block', whiteSpace: 'nowrap' },
  last: { textAlign: 'end', whiteSpace: 'nowrap' },
});

type Holder = EwsTenant['holders'][number];

/** What an administrator's result says of an application; null where nobody has read one. */
function allowance(read: EwsTenant['switch'], { clientId }: Holder): TextKey | null {
  if (read === null) return null;
  if (read.enabled === false) return 'ews-page.allowed.off';
  if (read.allowed === null) return read.enabled === null ? 'ews-page.allowed.unset' : 'ews-page.allowed.no-list';
  return read.allowed.includes(clientId.toLowerCase()) ? 'ews-page.allowed.yes' : 'ews-page.allowed.no';
}

export interface HolderTableProps {
  readonly tenant: EwsTenant;
  /** Name of the tenant. */
  readonly label: string;
  readonly withUsage: boolean;
  readonly onScript: (clientId: string) => void;
}

/** The applications of a tenant with a permission for EWS: those of the list are marked, and each may have its script. */
export function HolderTable({ tenant, label, withUsage, onScript }: HolderTableProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { holders, switch: read } = tenant;
  const heads: readonly TextKey[] = [
    'ews-page.application',
    'ews-page.permissions',
    'ews-page.publisher',
    ...(withUsage ? (['ews-page.calls'] as const) : []),
    ...(read === null ? [] : (['ews-page.allowed'] as const)),
    'ews-page.for-exchange',
  ];
  return (
    // It scrolls sideways where there is no room, so the keyboard has to reach it.
    <div className={styles.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={mergeClasses(styles.head, head === 'ews-page.for-exchange' && styles.last)}>
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holders.map((holder) => {
            const allowed = allowance(read, holder);
            return (
              <tr key={holder.clientId} data-holder={holder.clientId} data-ours={holder.ours}>
                <td className={mergeClasses(styles.cell, styles.first)}>
                  <span className={styles.name}>{holder.name}</span>
                  {holder.ours ? (
                    <Badge className={styles.mark} appearance="tint" color="brand">
                      {t('ews-page.ours')}
                    </Badge>
                  ) : null}
                  <span className={styles.mono}>{holder.clientId}</span>
                </td>
                <td className={styles.cell}>
                  {holder.permissions.map((permission) => (
                    <span key={permission} className={styles.permission}>
                      {permission}
                    </span>
                  ))}
                </td>
                <td className={styles.cell}>{holder.publisher ?? t(`ews-page.owner.${holder.owner}`)}</td>
                {withUsage ? <td className={styles.cell}>{t('ews-page.calls.count', { calls: holder.calls ?? 0 })}</td> : null}
                {allowed === null ? null : <td className={styles.cell}>{t(allowed)}</td>}
                <td className={mergeClasses(styles.cell, styles.last)}>
                  <Button
                    size="small"
                    icon={<DocumentArrowDownRegular />}
                    aria-label={t('ews-page.script.for', { name: holder.name })}
                    onClick={() => onScript(holder.clientId)}
                  >
                    {t('ews-page.script')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
