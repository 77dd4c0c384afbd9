import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { Output } from '../../../preload/contract.ts';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { TextLink } from './text-link.tsx';

export type Finding = Output<'server:findings'>[number];

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
});

const isText = (value: unknown): value is string => typeof value === 'string';

/** So many are told above the list; all of them stand in Settings. */
const most = 3;

/** What was put away; runs that go on failing and days that pass are not told anew. */
const signatureOf = (findings: readonly Finding[]): string =>
  JSON.stringify(findings.map(({ finding, server, place, credential }) => [finding, server, place, credential]));

export interface FindingsNoticeProps {
  readonly onServers: () => void;
  readonly onCredential: (id: string) => void;
}

/** What the servers were found to need when they were asked last, told above the list; quiet once it was put away, until there is more. */
export function FindingsNotice({ onServers, onCredential }: FindingsNoticeProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { value } = useAnswer('server:findings', null, ['store:changed']);
  const [putAway, setPutAway] = useKept('servers.put-away', '', isText);
  // What fails since a move has a notice of its own, with the way back.
  const findings = value?.filter(({ finding }) => finding !== 'failing-after-move') ?? [];
  const signature = signatureOf(findings);
  const [only, ...others] = findings;
  if (only === undefined || signature === putAway) return null;
  const more = findings.length - most;
  return (
    <MessageBar intent="warning" layout="multiline" data-server-findings={findings.length}>
      <MessageBarBody>
        <MessageBarTitle>{t('asked.findings.title', { count: findings.length })}</MessageBarTitle>
        <ul className={styles.list}>
          {findings.slice(0, most).map(({ finding, place, text, credential }) => (
            <li key={`${finding} ${place}`} data-finding={finding}>
              <TextLink onClick={() => (credential === null ? onServers() : onCredential(credential))}>{place}</TextLink>
              {`: ${text}`}
            </li>
          ))}
          {more > 0 ? <li>{t('asked.findings.more', { count: more })}</li> : null}
        </ul>
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={() => setPutAway(signature)} />
        }
      >
        {others.length === 0 && only.credential !== null ? (
          <Button onClick={() => onCredential(only.credential ?? '')}>{t('asked.findings.credential')}</Button>
        ) : null}
        <Button onClick={onServers}>{t('asked.findings.show')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
