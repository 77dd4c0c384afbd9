import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useEffectEvent, useState } from 'react';
import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { Section } from '../../parts/section.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { CheckList } from '../proof/index.ts';
import { LinkDialog } from './link-dialog.tsx';
import { RequestedTests } from './requested-tests.tsx';
import { ServerFault } from './server-fault.tsx';
import { useServerWord } from './use-server-word.ts';

type Checks = NonNullable<ReportView['proof']>['checks'];

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The checks that a server answers itself. */
export const isServerCheck = ({ check }: Checks[number]): boolean => check.startsWith('server-');

export interface ServerPanelProps {
  readonly row: CredentialRow;
  /** Of the last proof. */
  readonly checks: Checks;
  /** Counts up when somebody presses *Ask* elsewhere on the page. */
  readonly asked: number;
  /** Replaces the certificate that is published by the one that the server made. */
  readonly onPublish: () => void;
  /** To the sheet of the server. */
  readonly onContinue: () => void;
}

interface LinkedProps extends ServerPanelProps {
  readonly server: NonNullable<CredentialRow['inServer']>;
}

function Linked({ row, server, checks, asked, onPublish, onContinue }: LinkedProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const command = useCommand();
  const { word, fault, busy, ask } = useServerWord(row.id, false, () => undefined);
  const again = useEffectEvent(() => ask());
  useEffect(() => {
    if (asked > 0) again();
  }, [asked]);
  const shown = word === null || word.checks.length === 0 ? checks : word.checks;
  const other = shown.some(({ check, result }) => check === 'server-certificate' && result === 'failed');
  const made = word?.made ?? null;
  const archived = row.handover?.server?.archived ?? null;
  const external = row.custody === 'external';
  return (
    <>
      <FactList
        facts={[
          { name: t('asked.link.server'), value: server.name },
          ...(server.instance === null ? [] : [{ name: t('field.instance'), value: server.instance }]),
          ...(word === null ? [] : [{ name: t('asked.panel.answered'), value: dateTime(word.at) }]),
          ...(archived === null
            ? []
            : [
                {
                  name: t('asked.panel.archived'),
                  value: t('asked.panel.messages', { count: archived.items, time: archived.completedAt.replace('T', ' ') }),
                },
              ]),
        ]}
      />
      {other ? (
        <MessageBar intent="error" layout="multiline" data-other-certificate>
          <MessageBarBody>
            <MessageBarTitle>{t('asked.other.title')}</MessageBarTitle>{' '}
            {made === null || !external
              ? null
              : `${t('asked.made', { name: server.name, thumbprint: groupedThumbprint(made.thumbprint) })} `}
            {t(external ? 'asked.other.external' : 'asked.other.keyring')}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={external ? onPublish : onContinue}>{t(external ? 'asked.other.publish' : 'asked.other.continue')}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : null}
      <ServerFault server={server} fault={fault} onAgain={ask} />
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      {shown.length === 0 ? null : <CheckList key={word?.at ?? ''} checks={shown} />}
      <div className={styles.line}>
        <Button disabledFocusable={busy} {...(busy ? { icon: <Spinner size="tiny" /> } : {})} onClick={ask}>
          {t(busy ? 'asked.asking' : 'asked.ask')}
        </Button>
        <Button disabledFocusable={command.busy} onClick={() => void command.attempt('server:unlink', { credential: row.id })}>
          {t('asked.unlink')}
        </Button>
      </div>
    </>
  );
}

/** What the server that holds a credential says of it, or the way to make it known. */
export function ServerPanel(props: ServerPanelProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [linking, setLinking] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(linking);
  const { inServer: server } = props.row;
  return (
    <Section title={t('asked.panel.title')}>
      {server === undefined ? (
        <div className={styles.line}>
          <span className={styles.quiet}>{t('asked.panel.none')}</span>
          <span ref={around}>
            <Button onClick={() => setLinking(true)}>{t('asked.link')}</Button>
          </span>
        </div>
      ) : (
        <Linked key={`${server.id} ${server.instance ?? ''}`} {...props} server={server} />
      )}
      <RequestedTests row={props.row} />
      {linking ? <LinkDialog row={props.row} onClose={() => setLinking(false)} /> : null}
    </Section>
  );
}
