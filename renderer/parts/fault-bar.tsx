import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import type { FaultView } from '../../preload/contract.ts';
import { useAnnounce } from './announce.tsx';
import { request } from '../bridge/bridge.ts';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  reference: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, userSelect: 'text' },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

export interface FaultBarProps {
  readonly fault: FaultView | null;
  readonly onDismiss?: () => void;
  /** Offered where the fault says that trying again may help. */
  readonly onRetry?: () => void;
}

/** What happened, what to do, and the id that finds it in the log. Nothing while there is no fault. */
export function FaultBar({ fault, onDismiss, onRetry }: FaultBarProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const styles = useStyles();
  useEffect(() => {
    if (fault !== null) announce(`${fault.message} ${fault.fix}`);
  }, [fault, announce]);
  if (fault === null) return null;
  const { correlationId } = fault;
  return (
    <MessageBar intent="error" layout="multiline" className={styles.bar} data-fault={fault.code}>
      <MessageBarBody>
        <MessageBarTitle>{fault.message}</MessageBarTitle>
        {fault.fix}
        <span className={styles.reference}>
          {t('app.reference')} <span className={styles.id}>{correlationId}</span>
        </span>
      </MessageBarBody>
      <MessageBarActions
        {...(onDismiss === undefined
          ? {}
          : {
              containerAction: (
                <Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />
              ),
            })}
      >
        {fault.retryable && onRetry !== undefined ? <Button onClick={onRetry}>{t('app.retry')}</Button> : null}
        <Button onClick={() => void request('clipboard:copy', { text: `${fault.code}\n${fault.message}\n${fault.fix}\n${correlationId}` })}>
          {t('app.copy')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
