import { makeStyles, tokens } from '@fluentui/react-components';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { later } from '../../bridge/later.ts';
import type { CredentialRow } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { Waiting } from '../../parts/page.tsx';
import { useNavigation } from '../../parts/routes.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import type { Dropped } from '../add-existing/index.ts';
import type { Removed } from '../remove/index.ts';
import { carryOut } from './applicable.ts';
import { CommandBar } from './command-bar.tsx';
import type { Desk } from './commands.ts';
import { DropTarget } from './drop-target.tsx';
import { Footer } from './footer.tsx';
import { Grid } from './grid.tsx';
import { ListDialogs, type OpenDialog } from './list-dialogs.tsx';
import type { Queue } from './next-notice.tsx';
import { notDeleted, rowsAhead } from './rows-ahead.ts';
import { useAfterPaint } from './use-after-paint.ts';
import { useDroppedFile } from './use-dropped-file.ts';
import { useList } from './use-list.ts';
import { useManagerFocus } from './use-manager-focus.ts';
import { useManagerKeys } from './use-manager-keys.ts';
import { useNow } from './use-now.ts';
import { useSavedFile } from './use-saved-file.ts';
import { useShownCredential } from './use-shown-credential.ts';
import { useVerification } from './use-verification.ts';
import { verifiedText } from './verified-text.ts';
import { ViewBar } from './view-bar.tsx';

// The list itself waits for none of these.
const StandingNotices = later(async () => (await import('./standing-notices.tsx')).StandingNotices);
const DropNotice = later(async () => (await import('./drop-notice.tsx')).DropNotice);
const NextNotice = later(async () => (await import('./next-notice.tsx')).NextNotice);
const RemovedNotice = later(async () => (await import('./notices.tsx')).RemovedNotice);
const VerificationNotice = later(async () => (await import('./notices.tsx')).VerificationNotice);
const ContextMenu = later(async () => (await import('./context-menu.tsx')).ContextMenu);
const EmptyState = later(async () => (await import('../empty/index.ts')).EmptyState);

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, overflowY: 'auto' },
  notices: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`,
    flexShrink: 0,
    ':first-child': { paddingTop: tokens.spacingVerticalM },
    ':empty': { display: 'none' },
  },
  alone: { padding: tokens.spacingHorizontalXL },
  unseen: { position: 'absolute', width: '1px', height: '1px', margin: 0, overflow: 'hidden', clipPath: 'inset(50%)' },
});

const noRows: CredentialRow[] = [];
const noBusy: ReadonlySet<string> = new Set();

/** The main window: the server's credential manager, over every tenant. */
export function ManagerPage() {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const announce = useAnnounce();
  const { go } = useNavigation();
  const answer = useAnswer('credentials:list', notDeleted, ['store:changed'], rowsAhead);
  const now = useNow();
  const painted = useAfterPaint();
  const list = useList(answer.value ?? noRows, now);
  const rows = list.selectedRows;

  const focus = useManagerFocus();
  useShownCredential(list.arrive);
  const [dialog, setDialog] = useState<OpenDialog>('none');
  /** What the dialog is about: it stays so while the list changes behind it. */
  const [subjects, setSubjects] = useState<readonly CredentialRow[]>(noRows);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [queue, setQueue] = useState<Queue | null>(null);
  const [given, setGiven] = useState<Dropped | null>(null);
  const restore = useCommand();
  const copying = useCommand();
  const files = useSavedFile();
  const [refreshed, setRefreshed] = useState(0);
  const { verification, begin, cancel, forget } = useVerification();

  /** What was said of the last verification goes with the next thing that is done. */
  const settle = () => (verification?.ended === true ? forget() : undefined);
  const open = (which: OpenDialog, about: readonly CredentialRow[]) => {
    focus.leave();
    if (which !== 'verification') settle();
    const oneByOne = which === 'rotation' || which === 'export';
    setQueue(oneByOne && about.length > 1 ? { dialog: which, rows: about.slice(1) } : null);
    setGiven(null);
    setSubjects(oneByOne ? about.slice(0, 1) : about);
    setDialog(which);
  };
  const close = useCallback(() => {
    setDialog('none');
    focus.comeBack();
  }, [focus]);
  // What was added is selected once the list has it; the focus follows, after the dialog's own return of it.
  const { arrivals } = list;
  useEffect(() => {
    if (arrivals === 0) return undefined;
    const timer = globalThis.setTimeout(() => focus.row(), 50);
    return () => globalThis.clearTimeout(timer);
  }, [arrivals, focus]);
  const added = (ids: readonly string[]) => {
    if (ids.length === 0) return close();
    setDialog('none');
    return list.arrive(ids);
  };
  const travel: typeof go = (route) => {
    focus.leave();
    settle();
    go(route);
  };
  const verify = async (chosen: readonly CredentialRow[]) => {
    setRemoved(null);
    const ended = await begin(chosen.map((row) => row.id));
    announce(verifiedText(ended, texts));
  };
  const undo = async () => {
    if (removed === null || removed.purged) return;
    if (removed.registration) {
      focus.leave();
      setDialog('restoration');
      return;
    }
    const back: CredentialRow[] = [];
    const left: CredentialRow[] = [];
    for (const row of removed.rows) ((await restore.attempt('credential:restore', { id: row.id })).ok ? back : left).push(row);
    // What is left is offered again, beside the fault.
    setRemoved(left.length > 0 ? { ...removed, rows: left } : null);
    const [first] = back;
    if (first === undefined) return;
    announce(t('manager.restored', { count: back.length, name: first.name }));
    focus.row(first.id);
  };
  const copy = async (chosen: readonly CredentialRow[]) => {
    settle();
    const copied = await copying.run('list:copy', { ids: chosen.map(({ id }) => id) });
    if (copied !== null) announce(t('manager.copied-table', copied));
  };
  const desk: Desk = {
    go: travel,
    open,
    save: (what) => {
      settle();
      files.save(what);
    },
    verify: (chosen) => void (verification?.ended !== false ? verify(chosen) : undefined),
    copy: (chosen) => void copy(chosen),
    refresh: () => {
      settle();
      answer.reload();
      setRefreshed((count) => count + 1);
      announce(t('manager.refreshed'));
    },
    find: () => focus.filter(),
  };
  const drop = useDroppedFile((file) => {
    open('add-existing', []);
    setGiven(file);
  });
  useManagerKeys(desk, rows, removed === null || removed.purged ? null : () => void undo());

  if (answer.value === null) {
    return (
      <main className={styles.page}>
        {answer.loading ? (
          <Waiting />
        ) : (
          <div className={styles.alone}>
            <FaultBar fault={answer.fault} onRetry={answer.reload} />
          </div>
        )}
      </main>
    );
  }
  const empty = answer.value.length === 0;
  return (
    <main className={styles.page}>
      {empty ? null : (
        <>
          <h1 className={styles.unseen}>{t('manager.heading')}</h1>
          <CommandBar list={list} desk={desk} focus={focus} />
          <ViewBar list={list} />
        </>
      )}
      <div className={styles.notices}>
        <Suspense>
          {painted ? (
            <StandingNotices
              onBackups={() => travel({ at: 'settings', section: 'backups' })}
              onKeys={() => travel({ at: 'settings', section: 'keys' })}
              onMoveBack={(credential) => {
                const row = answer.value?.find(({ id }) => id === credential);
                if (row !== undefined) open('migration-back', [row]);
              }}
              onServers={() => travel({ at: 'settings', section: 'servers' })}
              onCredential={(credential) => travel({ at: 'details', credential })}
              onEws={() => travel({ at: 'ews' })}
            />
          ) : null}
        </Suspense>
        <FaultBar fault={answer.fault} onRetry={answer.reload} />
        <FaultBar fault={restore.fault} onDismiss={restore.clear} onRetry={() => void undo()} />
        <FaultBar fault={files.fault} onDismiss={files.clear} onRetry={files.again} />
        <FaultBar fault={drop.fault} onDismiss={drop.clear} />
        <FaultBar fault={copying.fault} onDismiss={copying.clear} />
        <Suspense>
          {drop.refused === null ? null : <DropNotice refused={drop.refused} onDismiss={drop.clear} />}
          {queue === null || dialog !== 'none' ? null : (
            <NextNotice queue={queue} onNext={() => open(queue.dialog, queue.rows)} onDismiss={() => setQueue(null)} />
          )}
          {verification === null ? null : (
            <VerificationNotice
              verification={verification}
              onCancel={cancel}
              onSignIn={(row) => open('verification', [row])}
              onServer={({ id }) => go({ at: 'details', credential: id })}
              onDismiss={forget}
            />
          )}
          {removed === null ? null : <RemovedNotice removed={removed} onUndo={() => void undo()} onDismiss={() => setRemoved(null)} />}
        </Suspense>
      </div>
      {empty ? (
        <Suspense>
          <EmptyState
            onCreate={() => carryOut('create', desk, rows)}
            onAddExisting={() => carryOut('add-existing', desk, rows)}
            onDeleted={() => carryOut('deleted', desk, rows)}
            onSettings={() => carryOut('settings', desk, rows)}
          />
        </Suspense>
      ) : (
        <>
          <Grid
            ref={focus.gridRef}
            list={list}
            now={now}
            busy={verification?.running ?? noBusy}
            actions={{ carryOut: (id) => carryOut(id, desk, rows), type: () => focus.filter() }}
            onContextMenu={setMenu}
          />
          <Footer total={list.facts.length} shown={list.found.size} selected={rows.length} now={now} refreshed={refreshed} />
        </>
      )}
      {menu === null ? null : (
        <Suspense>
          <ContextMenu
            at={menu}
            rows={rows}
            desk={desk}
            onClose={() => {
              setMenu(null);
              focus.row();
            }}
          />
        </Suspense>
      )}
      <DropTarget over={drop.over} />
      <ListDialogs
        dialog={dialog}
        subjects={subjects}
        dropped={given}
        removed={removed}
        onClose={close}
        onAdded={added}
        onRemoved={(result) => {
          if (result !== null) {
            setRemoved(result);
            forget();
          }
          close();
        }}
        onRestored={(done) => {
          const [first] = removed?.rows ?? [];
          if (!done) return close();
          setRemoved(null);
          return added(first === undefined ? [] : [first.id]);
        }}
        onVerified={(verified) => {
          if (verified) forget();
          close();
        }}
      />
    </main>
  );
}
