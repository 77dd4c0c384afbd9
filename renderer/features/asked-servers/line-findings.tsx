import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useNavigation } from '../../parts/routes.tsx';
import type { Finding } from './findings-notice.tsx';
import type { AskedServer } from './server-dialog.tsx';
import { TextLink } from './text-link.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface LineFindingsProps {
  readonly server: AskedServer;
  readonly className: string;
  /** Of this server; without any it is empty. */
  readonly findings: readonly Finding[];
}

/** All that a server was found to need when it was asked last, and asking it again once that was mended. */
export function LineFindings({ server: { id, name }, className, findings }: LineFindingsProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { go } = useNavigation();
  const { run, fault, busy, clear } = useCommand();
  const ask = async () => {
    const found = await run('server:look', { id });
    if (found?.every(({ server }) => server !== id) === true) announce(t('asked.findings.well', { name }));
  };
  const [first] = findings;
  if (first === undefined) return null;
  return (
    <div className={className}>
      <FaultBar fault={fault} onDismiss={clear} />
      <MessageBar intent="warning" layout="multiline" data-line-findings={findings.length}>
        <MessageBarBody>
          <ul className={styles.list}>
            {findings.map(({ finding, place, text, credential }) => (
              <li key={`${finding} ${place}`} data-finding={finding}>
                {credential === null ? place : <TextLink onClick={() => go({ at: 'details', credential })}>{place}</TextLink>}
                {`: ${text}`}
              </li>
            ))}
          </ul>
          <span className={styles.quiet}>{t('asked.findings.as-of', { time: dateTime(first.askedAt) })}</span>
        </MessageBarBody>
        <MessageBarActions>
          <Button
            disabledFocusable={busy}
            aria-label={t('asked.action', { action: t('asked.ask-again'), name })}
            {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
            onClick={() => void ask()}
          >
            {t('asked.ask-again')}
          </Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  );
}
