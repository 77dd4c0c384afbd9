import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow, Output } from '../../../preload/contract.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, overflowWrap: 'anywhere' },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  answer: {
    margin: 0,
    padding: tokens.spacingHorizontalS,
    maxHeight: '240px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    userSelect: 'text',
  },
});

type Which = 'users' | 'address';
type Found = Output<'server:test-users'>;

const intents = { passed: 'success', failed: 'error', pending: 'warning', 'not-testable': 'info' } as const;

interface TestDialogProps {
  readonly which: Which;
  readonly row: CredentialRow;
  readonly onClose: () => void;
}

/** One of them: what it does, and once it was begun what it found. */
function TestDialog({ which, row, onClose }: TestDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const [found, setFound] = useState<Found | null>(null);
  const begin = async () => {
    const input = { credential: row.id };
    if (which === 'users') return setFound(await run('server:test-users', input));
    const answer = await run('server:test-address', input);
    return setFound(answer === null ? null : { ...answer, answer: null });
  };
  const buttons = (
    <>
      <Button
        type="submit"
        appearance={found === null ? 'primary' : 'secondary'}
        disabledFocusable={busy}
        {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {t(found === null ? 'asked.test' : 'asked.test.again')}
      </Button>
      <Button appearance={found === null ? 'secondary' : 'primary'} onClick={onClose}>
        {t('app.close')}
      </Button>
    </>
  );
  const server = row.inServer?.name ?? '';
  return (
    <DialogShell
      marks={{ 'data-dialog': 'requested-test', 'data-test': which }}
      title={t(`asked.test.${which}.title`, { name: row.name })}
      actions={buttons}
      onSubmit={() => !busy && void begin()}
      onClose={onClose}
    >
      <div className={styles.content}>
        <span>
          {which === 'users' ? t('asked.test.users.body', { name: server }) : t('asked.test.address.body', { uri: row.redirectUri ?? '' })}
        </span>
        <FaultBar fault={fault} onDismiss={clear} />
        <div aria-live="polite">
          {found === null ? null : (
            <MessageBar intent={intents[found.check.result]} layout="multiline" data-result={found.check.result}>
              <MessageBarBody>{found.check.evidence}</MessageBarBody>
            </MessageBar>
          )}
        </div>
        {found?.answer == null ? null : (
          <section>
            <span className={styles.head}>
              {t('asked.test.answer', { name: server })} <CopyButton what={t('asked.test.answer', { name: server })} text={found.answer} />
            </span>
            {/* As it came: nobody has described what is in it. It scrolls, so it can be reached. */}
            <pre className={styles.answer} tabIndex={0} aria-label={t('asked.test.answer', { name: server })}>
              {found.answer}
            </pre>
          </section>
        )}
      </div>
    </DialogShell>
  );
}

/** What is tested of a credential in its server on request only. */
export function RequestedTests({ row }: { readonly row: CredentialRow }) {
  const { t } = useTexts();
  const styles = useStyles();
  const [open, setOpen] = useState<Which | null>(null);
  const around = useFocusReturn<HTMLDivElement>(open !== null);
  const offered: readonly Which[] = [
    ...(row.inServer === undefined || row.clientId === null ? [] : (['users'] as const)),
    ...(row.redirectUri === null ? [] : (['address'] as const)),
  ];
  if (offered.length === 0) return null;
  return (
    <>
      <div className={styles.buttons} ref={around}>
        {offered.map((which) => (
          <Button key={which} size="small" data-test={which} onClick={() => setOpen(which)}>
            {t(`asked.test.${which}`)}
          </Button>
        ))}
      </div>
      {open === null ? null : <TestDialog which={open} row={row} onClose={() => setOpen(null)} />}
    </>
  );
}
