import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { UpdateActions, UpdateProgress } from './update-actions.tsx';
import { useUpdates } from './use-updates.ts';

const reasons = {
  policy: 'updates.off.policy',
  development: 'updates.off.development',
  elsewhere: 'updates.off.elsewhere',
  portable: 'updates.off.portable',
  package: 'updates.off.package',
  unsigned: 'updates.off.unsigned',
} as const satisfies Record<string, TextKey>;

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

const check = () => void request('updates:check', null);

/** How it stands with newer versions, and Check now. */
export function UpdateStatus() {
  const { t, ago } = useTexts();
  const styles = useStyles();
  const state = useUpdates();
  if (state === null) return null;
  if (state.kind === 'off') return <span>{t(reasons[state.reason])}</span>;
  if (state.kind === 'failed') return <FaultBar fault={state.fault} onRetry={check} />;
  return (
    <div className={styles.line} data-updates={state.kind}>
      {state.kind === 'idle' ? (
        <span>{state.checkedAt === null ? t('updates.never') : t('updates.none', { ago: ago(state.checkedAt, Date.now()) })}</span>
      ) : null}
      {state.kind === 'checking' ? <Spinner size="tiny" label={t('updates.checking')} /> : null}
      {state.kind === 'idle' ? <Button onClick={check}>{t('updates.check')}</Button> : null}
      <UpdateProgress state={state} />
      <UpdateActions state={state} />
    </div>
  );
}
