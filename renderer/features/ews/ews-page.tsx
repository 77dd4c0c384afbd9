import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar, tokens } from '@fluentui/react-components';
import { DocumentAddRegular, DocumentArrowLeftRegular, PersonKeyRegular, SearchRegular, StopRegular } from '@fluentui/react-icons';
import { Suspense, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { later } from '../../bridge/later.ts';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { Page, Waiting } from '../../parts/page.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { DoneNotice, type Done } from './done-notice.tsx';
import { TenantCard } from './tenant-card.tsx';

const SignInQueue = later(async () => (await import('./sign-in-queue.tsx')).SignInQueue);

export type EwsAnswer = Output<'ews:read'>;
export type EwsTenant = EwsAnswer['tenants'][number];

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '80ch' },
  progress: { marginTop: tokens.spacingVerticalXS, maxWidth: '360px' },
  tools: { display: 'contents' },
});

/** How many tenants were read, and what they hold. */
function sumOf(tenants: readonly EwsTenant[]) {
  const holders = tenants.flatMap((each) => each.holders);
  return {
    tenants: tenants.length,
    read: tenants.filter(({ state }) => state === 'read').length,
    waiting: tenants.filter(({ state }) => state === 'sign-in').length,
    failed: tenants.filter(({ state }) => state === 'failed').length,
    holders: holders.length,
    ours: holders.filter(({ ours }) => ours).length,
  };
}

/** Which applications of all tenants still hang on EWS, how long that works, and what can be done about it. */
export function EwsPage() {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { value, fault, reload } = useAnswer('ews:read', null, ['ews:changed', 'store:changed']);
  const command = useCommand();
  const [looked, setLooked] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [queue, setQueue] = useState<readonly EwsTenant[] | null>(null);
  const aroundSignIn = useFocusReturn<HTMLSpanElement>(queue !== null);
  const looking = value?.looking ?? null;
  const wasLooking = useRef(false);
  const sum = sumOf(value?.tenants ?? []);
  const said = t('ews-page.sum', sum);
  useEffect(() => {
    if (wasLooking.current && looking === null) announce(said);
    wasLooking.current = looking !== null;
  }, [looking, said, announce]);

  if (value === null)
    return <Page title={t('ews-page.title')}>{fault === null ? <Waiting /> : <FaultBar fault={fault} onRetry={reload} />}</Page>;
  const { daysLeft, usage, tenants } = value;
  const needing = tenants.filter(({ state }) => state === 'sign-in');

  const look = () => {
    setDone(null);
    setLooked(true);
    void command.attempt('ews:look', null);
  };
  const addUsage = async () => {
    const added = await command.run('ews:add-usage', null);
    if (added !== null) setDone({ kind: 'usage', ...added });
  };
  const readResult = async () => {
    const read = await command.run('ews:read-result', null);
    if (read !== null) setDone({ kind: 'result', ...read });
  };
  const saveScript = async (tenantId: string, clientId: string) => {
    const saved = await command.run('ews:save-script', { tenantId, clientId });
    if (saved !== null) setDone({ kind: 'script', ...saved });
  };
  const saveLossesScript = async (tenantId: string) => {
    const saved = await command.run('ews:save-losses-script', { tenantId });
    if (saved !== null) setDone({ kind: 'script', ...saved });
  };
  const actions = (
    <>
      {looking === null ? (
        <Button appearance="primary" icon={<SearchRegular />} disabledFocusable={tenants.length === 0} onClick={look}>
          {t('ews-page.look')}
        </Button>
      ) : (
        <Button icon={<StopRegular />} onClick={() => void command.attempt('ews:stop', null)}>
          {t('ews-page.stop')}
        </Button>
      )}
      <span ref={aroundSignIn} className={styles.tools}>
        {needing.length === 0 ? null : (
          <Button icon={<PersonKeyRegular />} disabledFocusable={looking !== null} onClick={() => setQueue(needing)}>
            {t('ews-page.sign-in-all', { count: needing.length })}
          </Button>
        )}
      </span>
      <Button icon={<DocumentAddRegular />} onClick={() => void addUsage()}>
        {t('ews-page.add-usage')}
      </Button>
      <Button icon={<DocumentArrowLeftRegular />} onClick={() => void readResult()}>
        {t('ews-page.read-result')}
      </Button>
    </>
  );
  return (
    <Page title={t('ews-page.title')} actions={actions}>
      <MessageBar intent={daysLeft > 90 ? 'info' : 'warning'} layout="multiline" data-days-left={daysLeft}>
        <MessageBarBody>
          <MessageBarTitle>{t('ews-page.days-left', { days: daysLeft })}</MessageBarTitle> {daysLeft === 0 ? null : t('ews-page.why')}
        </MessageBarBody>
      </MessageBar>
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      {done === null ? null : <DoneNotice done={done} onDismiss={() => setDone(null)} />}
      {looking === null ? null : (
        <div data-looking>
          {t('ews-page.looking', looking)}
          <ProgressBar className={styles.progress} value={looking.done} max={looking.total} aria-label={t('ews-page.look')} />
        </div>
      )}
      {tenants.length === 0 ? <p className={styles.text}>{t('ews-page.empty')}</p> : null}
      {tenants.length > 0 && looking === null && sum.read + sum.waiting + sum.failed === 0 ? (
        <p className={styles.text}>{t(looked ? 'ews-page.stopped' : 'ews-page.first')}</p>
      ) : null}
      {sum.read + sum.waiting + sum.failed === 0 ? null : (
        <p className={styles.text} data-sum>
          {said} {usage === null ? null : t('ews-page.usage', usage)}
        </p>
      )}
      {tenants.map((tenant) => (
        <TenantCard
          key={tenant.tenantId}
          tenant={tenant}
          withUsage={usage !== null}
          busy={looking !== null}
          onSignIn={() => setQueue([tenant])}
          onScript={(clientId) => void saveScript(tenant.tenantId, clientId)}
          onLossesScript={() => void saveLossesScript(tenant.tenantId)}
        />
      ))}
      <Suspense>{queue === null ? null : <SignInQueue tenants={queue} onClose={() => setQueue(null)} />}</Suspense>
    </Page>
  );
}
