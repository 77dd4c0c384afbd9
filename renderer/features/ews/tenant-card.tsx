import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { DismissCircleFilled } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { Section } from '../../parts/section.tsx';
import type { EwsTenant } from './ews-page.tsx';
import { HolderTable } from './holder-table.tsx';

const useStyles = makeStyles({
  // Of hundreds of tenants those out of sight are not laid out.
  card: { contentVisibility: 'auto', containIntrinsicSize: 'auto 140px' },
  facts: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXL, rowGap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  busy: { alignSelf: 'flex-start' },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  failed: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  icon: { color: tokens.colorStatusDangerForeground3, flexShrink: 0 },
});

/** Whose token it was, and when. */
function readWords({ readBy, at }: EwsTenant, { t, dateTime }: Texts): string | null {
  if (readBy === null || at === null) return null;
  return t(`ews-page.read-by.${readBy.kind}`, { name: readBy.name, time: dateTime(at) });
}

function switchWords({ switch: read }: EwsTenant, { t, date }: Texts): string {
  if (read === null) return t('ews-page.switch.unknown');
  return t('ews-page.switch', {
    enabled: read.enabled === null ? 'unset' : read.enabled ? 'on' : 'off',
    count: read.allowed?.length ?? 0,
    date: date(read.readAt),
  });
}

function lossWords({ losses }: EwsTenant, { t, date }: Texts): string {
  if (losses === null) return t('ews-page.losses.unknown');
  const { archives, publicFolders, withoutImap, readAt } = losses;
  return t('ews-page.losses', { archives, folders: publicFolders, imap: withoutImap, date: date(readAt) });
}

export interface TenantCardProps {
  readonly tenant: EwsTenant;
  /** A usage report was added. */
  readonly withUsage: boolean;
  /** All tenants are being looked at. */
  readonly busy: boolean;
  readonly onSignIn: () => void;
  /** For the application with this client id. */
  readonly onScript: (clientId: string) => void;
  readonly onLossesScript: () => void;
}

/** One tenant: how it was read, its switch, and the applications with a permission for EWS. */
export function TenantCard({ tenant, withUsage, busy, onSignIn, onScript, onLossesScript }: TenantCardProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const { tenantId, tenantName, state, holders, fault } = tenant;
  const read = readWords(tenant, texts);
  const name = tenantName || tenantId;
  return (
    <div className={styles.card} data-tenant={tenantId} data-state={state}>
      <Section title={name}>
        <div className={styles.facts}>
          {tenantName === '' ? null : <span className={styles.quiet}>{tenantId}</span>}
          {read === null ? null : <span className={styles.quiet}>{read}</span>}
          <span className={styles.quiet}>{switchWords(tenant, texts)}</span>
          <span className={styles.quiet} data-losses>
            {lossWords(tenant, texts)}
          </span>
        </div>
        {state === 'unknown' ? <span>{t('ews-page.state.unknown')}</span> : null}
        {state === 'looking' ? (
          <Spinner className={styles.busy} size="tiny" labelPosition="after" label={t('ews-page.state.looking')} />
        ) : null}
        {state === 'sign-in' || state === 'failed' ? (
          <div className={styles.line}>
            {fault === null ? (
              <span>{t('ews-page.state.sign-in')}</span>
            ) : (
              <span className={styles.failed}>
                <DismissCircleFilled className={styles.icon} aria-hidden />
                {fault.message} {fault.fix}
              </span>
            )}
            <Button size="small" disabledFocusable={busy} aria-label={t('ews-page.sign-in.to', { tenant: name })} onClick={onSignIn}>
              {t('ews-page.sign-in')}
            </Button>
          </div>
        ) : null}
        {state === 'read' && holders.length === 0 ? <span>{t('ews-page.none')}</span> : null}
        {holders.length === 0 ? null : <HolderTable tenant={tenant} label={name} withUsage={withUsage} onScript={onScript} />}
        {tenant.losses !== null || !holders.some(({ ours }) => ours) ? null : (
          <div className={styles.line}>
            <Button size="small" aria-label={t('ews-page.losses-script.for', { tenant: name })} onClick={onLossesScript}>
              {t('ews-page.losses-script')}
            </Button>
          </div>
        )}
      </Section>
    </div>
  );
}
