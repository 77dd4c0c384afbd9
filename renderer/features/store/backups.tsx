import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Output } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { Section } from '../../parts/section.tsx';
import { useOpenedFor } from '../../parts/use-opened-for.ts';

type Backup = Output<'backups:list'>[number];

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, auto) 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  line: { display: 'grid', gridTemplateColumns: 'subgrid', gridColumn: '1 / -1', alignItems: 'center' },
  restore: { justifySelf: 'start' },
  unusable: { color: tokens.colorStatusDangerForeground3 },
});

/** What is in a copy, or why it cannot be used. */
function Contents({ backup: { credentials, damaged, fault } }: { readonly backup: Backup }) {
  const { t } = useTexts();
  const styles = useStyles();
  if (fault !== null) return <span className={styles.unusable}>{t('backups.unusable', { detail: fault })}</span>;
  const count = t('backups.credentials', { count: credentials ?? 0 });
  return <span>{damaged === 0 ? count : `${count} (${t('backups.damaged', { count: damaged })})`}</span>;
}

/** The backups of the list, and one of them in its place: main asks once more, by a dialog of the system. `shown`: the page was opened for it. */
export function Backups({ shown }: { readonly shown: boolean }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const answer = useAnswer('backups:list', null, ['store:changed']);
  const command = useCommand();
  const heading = useOpenedFor(shown, answer.value !== null);
  const restore = async (name: string) => {
    const done = await command.run('backups:restore', { name });
    if (done?.restored === true) announce(t('backups.done'));
  };
  return (
    <Section title={t('backups.title')} headingRef={heading}>
      <span>{t('backups.body')}</span>
      <FaultBar fault={answer.fault ?? command.fault} onDismiss={command.clear} />
      {answer.value?.length === 0 ? <span>{t('backups.none')}</span> : null}
      <ul className={styles.list} data-backups>
        {(answer.value ?? []).map((backup) => (
          <li key={backup.name} className={styles.line}>
            <span>{dateTime(backup.at)}</span>
            <Contents backup={backup} />
            <Button
              size="small"
              className={styles.restore}
              disabledFocusable={backup.fault !== null || command.busy}
              aria-label={t('backups.restore.name', { time: dateTime(backup.at) })}
              onClick={() => void restore(backup.name)}
            >
              {t('backups.restore.open')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
