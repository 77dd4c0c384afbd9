import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { useAnnounce } from './announce.tsx';
import { useTexts } from '../bridge/texts.tsx';
import type { Ended } from './each-row.ts';

const useStyles = makeStyles({
  names: { margin: 0, paddingLeft: tokens.spacingHorizontalL, maxHeight: '160px', overflowY: 'auto', overflowWrap: 'anywhere' },
});

/** Which ones it could not be done with, each with its reason, and how many it was done with. */
export function FailedRows({ done, failed }: Ended) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  useEffect(() => {
    if (failed.length > 0) announce(failed.map(({ row, fault }) => `${row.name}: ${fault.message} ${fault.fix}`).join(' '));
  }, [announce, failed]);
  if (failed.length === 0) return null;
  return (
    <MessageBar intent="error" layout="multiline" data-failed>
      <MessageBarBody>
        <MessageBarTitle>{t('app.some-failed', { done: done.length, total: done.length + failed.length })}</MessageBarTitle>
        <ul className={styles.names} tabIndex={0}>
          {failed.map(({ row, fault }) => (
            <li key={row.id}>{`${row.name}: ${fault.message} ${fault.fix} ${t('app.reference')} ${fault.correlationId}`}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
