import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { FaultView } from '../../preload/contract.ts';
import { request } from '../bridge/bridge.ts';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  reference: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, userSelect: 'text' },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

export interface ShownFaultProps {
  readonly fault: FaultView;
  readonly onDismiss: (() => void) | undefined;
  readonly onRetry: (() => void) | undefined;
}

/** What happened, what to do, and the id that finds it in the log. */
export function ShownFault({ fault, onDismiss, onRetry }: ShownFaultProps) {
  const { t } = useTexts();
  const styles = useStyles();
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
