import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { PlugConnectedRegular } from '@fluentui/react-icons';
import { useEffect, useEffectEvent, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { LinkDialog } from './link-dialog.tsx';
import { ServerFault } from './server-fault.tsx';
import { useServerWord } from './use-server-word.ts';

const useStyles = makeStyles({
  followed: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  // The sentence wraps beside the sign, not below it.
  word: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  icon: { fontSize: '20px', display: 'flex', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface SheetServerProps {
  readonly credential: CredentialRow;
  /** The credential as the server's word leaves it. */
  readonly onChanged: (credential: CredentialRow) => void;
  /** Whether directory services would be switched to Microsoft 365 for the first time: the step in which that is done says so. */
  readonly onSwitch: (would: boolean) => void;
}

/** Where the server is not known yet: the way to make it known. */
function NotLinked({ credential, onChanged }: Omit<SheetServerProps, 'onSwitch'>) {
  const { t } = useTexts();
  const styles = useStyles();
  const [linking, setLinking] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(linking);
  return (
    <div className={styles.line} data-sheet-server="none">
      <span className={styles.quiet}>{t('asked.sheet.offer')}</span>
      <span ref={around}>
        <Button size="small" onClick={() => setLinking(true)}>
          {t('asked.link')}
        </Button>
      </span>
      {linking ? (
        <LinkDialog
          row={credential}
          onClose={(linked) => {
            setLinking(false);
            if (linked !== null) onChanged(linked);
          }}
        />
      ) : null}
    </div>
  );
}

interface LinkedProps extends SheetServerProps {
  readonly server: NonNullable<CredentialRow['inServer']>;
}

/** The server is asked as long as this is shown: what it shows is ticked without anybody saying so. */
function Linked({ credential, server, onChanged, onSwitch }: LinkedProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { word, fault, stopped, ask } = useServerWord(credential.id, true, (said) => {
    onChanged(said.credential);
    if (said.fault === null) onSwitch(said.wouldSwitchDirectory);
  });
  const seen = Object.values(credential.sheet).filter(({ by }) => by === 'evidence').length;
  const tell = useEffectEvent(() => (seen > 0 ? announce(t('asked.sheet.seen', { count: seen, name: server.name })) : undefined));
  useEffect(() => tell(), [seen]);
  const made = word?.made ?? null;
  return (
    <div className={styles.followed} data-sheet-server={stopped ? 'stopped' : 'asked'}>
      <div className={styles.word}>
        <PlugConnectedRegular className={styles.icon} aria-hidden />
        <span className={styles.quiet}>
          {stopped
            ? t('asked.sheet.stopped', { name: server.name })
            : word === null
              ? t('asked.sheet.asking', { name: server.name })
              : t('asked.sheet.following', { name: server.name, time: dateTime(word.at) })}
        </span>
      </div>
      <ServerFault server={server} fault={fault} onAgain={ask} />
      {made === null ? null : (
        <MessageBar intent="warning" layout="multiline" data-made={made.thumbprint}>
          <MessageBarBody>
            {t(made.first ? 'asked.made.first' : 'asked.made', { name: server.name, thumbprint: groupedThumbprint(made.thumbprint) })}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** The server beside its sheet. */
export function SheetServer(props: SheetServerProps) {
  const { inServer: server } = props.credential;
  return server === undefined ? (
    <NotLinked {...props} />
  ) : (
    <Linked key={`${server.id} ${server.instance ?? ''}`} {...props} server={server} />
  );
}
