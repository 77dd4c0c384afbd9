import { makeStyles } from '@fluentui/react-components';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useAnswer, useCommand } from '../../app/outcome.ts';
import { Waiting } from '../../app/page.tsx';
import { useNavigation } from '../../app/routes.tsx';
import { useTexts } from '../../app/texts.tsx';
import { useAnnounce } from '../../app/announce.tsx';
import { EmptyState } from '../empty/index.ts';
import { KeyNotice } from '../keys/index.ts';
import type { Removed } from '../remove/index.ts';
import { DamagedNotice } from '../store/index.ts';
import { UpdateNotice } from '../updates/index.ts';
import { Chips } from './chips.tsx';
import { possible, type ListCommands } from './commands.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Footer } from './footer.tsx';
import { Grid } from './grid.tsx';
import { RemovedNotice, useNoticesStyles, VerificationNotice, verifiedText } from './notices.tsx';
import { ManagerToolbar } from './toolbar.tsx';
import { useList } from './use-list.ts';
import { useManagerFocus } from './use-manager-focus.ts';
import { useManagerKeys } from './use-manager-keys.ts';
import { useNow } from './use-now.ts';
import { useSavedFile } from './use-saved-file.ts';
import { useShownCredential } from './use-shown-credential.ts';
import { useVerification } from './use-verification.ts';

const RemoveDialog = lazy(async () => ({ default: (await import('../remove/index.ts')).RemoveDialog }));
const DeletedDialog = lazy(async () => ({ default: (await import('../remove/index.ts')).DeletedDialog }));
const AddExistingDialog = lazy(async () => ({ default: (await import('../add-existing/index.ts')).AddExistingDialog }));
const Restoration = lazy(async () => ({ default: (await import('../remove/index.ts')).Restoration }));
const RotationDialog = lazy(async () => ({ default: (await import('../rotation/index.ts')).RotationDialog }));
const SignedInVerification = lazy(async () => ({ default: (await import('../verification/index.ts')).SignedInVerification }));
const SheetDialog = lazy(async () => ({ default: (await import('../setup/index.ts')).SheetDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('../export/index.ts')).ExportDialog }));

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, overflowY: 'auto' },
  unseen: { position: 'absolute', width: '1px', height: '1px', margin: 0, overflow: 'hidden', clipPath: 'inset(50%)' },
});

type OpenDialog = 'none' | 'add-existing' | 'remove' | 'restoration' | 'rotation' | 'export' | 'sheet' | 'deleted' | 'verification';
const nothing = { deleted: false } as const;
const noRows: CredentialRow[] = [];
const noBusy: ReadonlySet<string> = new Set();

/** The main window: the server's credential manager, over every tenant. */
export function ManagerPage() {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const noticesStyles = useNoticesStyles();
  const announce = useAnnounce();
  const { go } = useNavigation();
  const answer = useAnswer('credentials:list', nothing, ['store:changed']);
  const now = useNow();
  const list = useList(answer.value ?? noRows, now);
  const rows = list.facts.filter((each) => list.selection.selected.has(each.row.id)).map((each) => each.row);
  const can = possible(rows);
  const [only] = rows;

  const focus = useManagerFocus();
  useShownCredential(list.arrive);
  const [dialog, setDialog] = useState<OpenDialog>('none');
  /** What the dialog is about: it stays so while the list changes behind it. */
  const [subjects, setSubjects] = useState<readonly CredentialRow[]>(noRows);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const restore = useCommand();
  const files = useSavedFile();
  const [refreshed, setRefreshed] = useState(0);
  const { verification, begin, cancel, forget } = useVerification();

  const open = (which: OpenDialog) => {
    focus.leave();
    setSubjects(rows);
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
    go(route);
  };
  const verify = async () => {
    setRemoved(null);
    const ended = await begin(rows.map((row) => row.id));
    announce(verifiedText(ended, texts));
  };
  const signInAndVerify = (row: CredentialRow) => {
    open('verification');
    setSubjects([row]);
  };
  const undo = async () => {
    if (removed === null || removed.purged) return;
    if (removed.registration) {
      focus.leave();
      setDialog('restoration');
      return;
    }
    for (const row of removed.rows) if ((await restore.run('credential:restore', { id: row.id })) === null) return;
    announce(t('manager.restored', { count: removed.rows.length, name: removed.rows[0]?.name ?? '' }));
    focus.row(removed.rows[0]?.id);
    setRemoved(null);
  };
  const actions: ListCommands = {
    create: () => travel({ at: 'dialog', credential: null }),
    addExisting: () => open('add-existing'),
    exportList: () => files.save('list'),
    saveCalendar: () => files.save('calendar'),
    edit: () => (only !== undefined && can.edit ? travel({ at: 'dialog', credential: only.id }) : undefined),
    details: () => (only !== undefined && can.details ? travel({ at: 'details', credential: only.id }) : undefined),
    finish: () => (can.finish ? open(only?.rotation?.next === 'handover' ? 'rotation' : 'sheet') : undefined),
    remove: () => (can.remove ? open('remove') : undefined),
    verify: () => void (can.verify && verification?.ended !== false ? verify() : undefined),
    verifySignedIn: () => (can.verifySignedIn ? open('verification') : undefined),
    rotate: () => (can.rotate ? open('rotation') : undefined),
    exportCertificate: () => (can.exportCertificate ? open('export') : undefined),
    refresh: () => {
      answer.reload();
      setRefreshed((count) => count + 1);
      announce(t('manager.refreshed'));
    },
    find: () => focus.filter(),
    settings: () => travel({ at: 'settings' }),
    activity: () => travel({ at: 'activity', credential: null }),
    deleted: () => open('deleted'),
  };
  useManagerKeys(actions, can, removed === null || removed.purged ? null : () => void undo());

  if (answer.value === null) {
    return (
      <main className={styles.page}>
        {answer.loading ? (
          <Waiting />
        ) : (
          <div className={noticesStyles.alone}>
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
          <ManagerToolbar
            actions={actions}
            possible={can}
            grouped={list.grouped}
            onGrouped={list.setGrouped}
            filter={list.filter}
            onFilter={list.setFilter}
            onLeaveFilter={() => focus.row()}
            filterRef={focus.filterRef}
          >
            <ColumnChooser offered={list.offered} hidden={list.hidden} onHidden={list.setHidden} />
          </ManagerToolbar>
          <Chips facts={list.facts} mark={list.mark} onMark={list.setMark} />
        </>
      )}
      <div className={noticesStyles.notices}>
        <UpdateNotice />
        <DamagedNotice onBackups={() => travel({ at: 'settings', section: 'backups' })} />
        <KeyNotice onShow={() => travel({ at: 'settings', section: 'keys' })} />
        <FaultBar fault={answer.fault} onRetry={answer.reload} />
        <FaultBar fault={restore.fault} onDismiss={restore.clear} onRetry={() => void undo()} />
        <FaultBar fault={files.fault} onDismiss={files.clear} onRetry={files.again} />
        {verification === null ? null : (
          <VerificationNotice verification={verification} onCancel={cancel} onSignIn={signInAndVerify} onDismiss={forget} />
        )}
        {removed === null ? null : <RemovedNotice removed={removed} onUndo={() => void undo()} onDismiss={() => setRemoved(null)} />}
      </div>
      {empty ? (
        <EmptyState
          onCreate={actions.create}
          onAddExisting={actions.addExisting}
          onDeleted={actions.deleted}
          onSettings={actions.settings}
        />
      ) : (
        <>
          <Grid
            ref={focus.gridRef}
            list={list}
            now={now}
            busy={verification?.running ?? noBusy}
            actions={{ ...actions, type: () => focus.filter() }}
            onContextMenu={setMenu}
          />
          <Footer
            total={list.facts.length}
            shown={list.items.filter((item) => item.kind === 'row').length}
            selected={rows.length}
            now={now}
            refreshed={refreshed}
          />
        </>
      )}
      <ContextMenu
        at={menu}
        rows={rows}
        possible={can}
        actions={actions}
        onClose={() => {
          setMenu(null);
          focus.row();
        }}
      />
      <Suspense>
        {dialog === 'remove' ? (
          <RemoveDialog
            rows={subjects}
            onClose={(result) => {
              if (result !== null) {
                setRemoved(result);
                forget();
              }
              close();
            }}
          />
        ) : null}
        {dialog === 'restoration' && removed?.rows[0] !== undefined ? (
          <Restoration
            row={removed.rows[0]}
            onClose={(done) => {
              if (!done) return close();
              const [first] = removed.rows;
              setRemoved(null);
              return added(first === undefined ? [] : [first.id]);
            }}
          />
        ) : null}
        {dialog === 'verification' && subjects[0] !== undefined ? (
          <SignedInVerification
            row={subjects[0]}
            onClose={(report) => {
              if (report !== null) forget();
              close();
            }}
          />
        ) : null}
        {dialog === 'rotation' && subjects[0] !== undefined ? <RotationDialog row={subjects[0]} onClose={close} /> : null}
        {dialog === 'sheet' && subjects[0] !== undefined ? <SheetDialog credential={subjects[0].id} onClose={close} /> : null}
        {dialog === 'export' && subjects[0] !== undefined ? <ExportDialog credential={subjects[0]} onClose={close} /> : null}
        {dialog === 'add-existing' ? <AddExistingDialog onClose={added} /> : null}
        {dialog === 'deleted' ? <DeletedDialog onClose={close} /> : null}
      </Suspense>
    </main>
  );
}
